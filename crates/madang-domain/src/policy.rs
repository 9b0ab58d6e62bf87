//! Durations, limits and switches in force. Each field names its configuration key; the defaults are the rules'.
//!
//! The binary fills a [`Policy`] from the settings; tests change single fields. Nothing else in the code holds a number
//! of the rules.

use chrono::TimeDelta;

/// All groups.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Policy {
    /// Which change of the settings made it; 0 is what the server was started with.
    pub revision: i64,
    /// Keys `accounts.*`.
    pub accounts: AccountsPolicy,
    /// Keys `auth.*`.
    pub auth: AuthPolicy,
    /// Keys `boards.*`.
    pub boards: BoardsPolicy,
    /// Keys `comments.*`.
    pub comments: CommentsPolicy,
    /// Keys `events.*`.
    pub events: EventsPolicy,
    /// Keys `idempotency.*`.
    pub idempotency: IdempotencyPolicy,
    /// Keys `likes.*`.
    pub likes: LikesPolicy,
    /// Keys `limits.*`.
    pub limits: LimitsPolicy,
    /// Keys `media.*`.
    pub media: MediaPolicy,
    /// Keys `messages.*`.
    pub messages: MessagesPolicy,
    /// Keys `moderation.*`.
    pub moderation: ModerationPolicy,
    /// Keys `notifications.*`.
    pub notifications: NotificationsPolicy,
    /// Keys `posts.*`.
    pub posts: PostsPolicy,
    /// Keys `sanctions.*`.
    pub sanctions: SanctionsPolicy,
    /// Keys `search.*`.
    pub search: SearchPolicy,
    /// Keys `trash.*`.
    pub trash: TrashPolicy,
}

/// Keys `accounts.*`. Lengths are characters.
#[derive(Clone, Debug, PartialEq)]
pub struct AccountsPolicy {
    /// `accounts.username_min`.
    pub username_min: usize,
    /// `accounts.username_max`.
    pub username_max: usize,
    /// `accounts.nickname_min`.
    pub nickname_min: usize,
    /// `accounts.nickname_max`.
    pub nickname_max: usize,
    /// `accounts.nickname_change_days`.
    pub nickname_change: TimeDelta,
    /// `accounts.reserved_nicknames`, compared after folding.
    pub reserved_nicknames: Vec<String>,
    /// `accounts.password_min`.
    pub password_min: usize,
    /// `accounts.password_max`.
    pub password_max: usize,
    /// `accounts.password_min_score`, 0 to 4.
    pub password_min_score: u8,
    /// `accounts.unverified_purge_days`.
    pub unverified_purge: TimeDelta,
    /// `accounts.withdrawal_purge_days`.
    pub withdrawal_purge: TimeDelta,
    /// `accounts.export_hours`.
    pub export: TimeDelta,
}

/// Keys `auth.*` that rules read.
#[derive(Clone, Debug, PartialEq)]
pub struct AuthPolicy {
    /// `auth.access_ttl_seconds`.
    pub access_ttl: TimeDelta,
    /// `auth.refresh_idle_days`.
    pub refresh_idle: TimeDelta,
    /// `auth.refresh_absolute_days`.
    pub refresh_absolute: TimeDelta,
    /// `auth.refresh_grace_seconds`.
    pub refresh_grace: TimeDelta,
    /// `auth.max_sessions`.
    pub max_sessions: usize,
    /// `auth.personal_tokens_max`.
    pub personal_tokens_max: usize,
    /// `auth.personal_token_max_days`.
    pub personal_token_max: TimeDelta,
    /// `auth.verify_link_minutes`.
    pub verify_link: TimeDelta,
    /// `auth.reset_link_minutes`.
    pub reset_link: TimeDelta,
    /// `auth.resend_seconds`.
    pub resend: TimeDelta,
    /// `auth.login_failures` within the window for one name and network.
    pub login_failures: u32,
    /// `auth.login_window_minutes`.
    pub login_window: TimeDelta,
    /// `auth.login_failures_per_name_hour`.
    pub login_failures_per_name_hour: u32,
    /// `auth.login_failures_per_address` within the window.
    pub login_failures_per_address: u32,
}

/// Keys `boards.*`.
#[derive(Clone, Debug, PartialEq)]
pub struct BoardsPolicy {
    /// `boards.managed_max`.
    pub managed_max: i64,
    /// `boards.favourites_max`.
    pub favourites_max: i64,
    /// `boards.quiet_days`.
    pub quiet: TimeDelta,
    /// `boards.transfer_days`.
    pub transfer: TimeDelta,
}

/// Keys `comments.*`.
#[derive(Clone, Debug, PartialEq)]
pub struct CommentsPolicy {
    /// `comments.contents_max`, in characters.
    pub contents_max: usize,
    /// `comments.replies_inline`.
    pub replies_inline: u32,
}

/// Keys `events.*`.
#[derive(Clone, Debug, PartialEq)]
pub struct EventsPolicy {
    /// `events.heartbeat_seconds`.
    pub heartbeat: TimeDelta,
    /// `events.streams_max`; of one user, at one node.
    pub streams_max: i64,
}

/// Keys `messages.*`.
#[derive(Clone, Debug, PartialEq)]
pub struct MessagesPolicy {
    /// `messages.contents_max`, in characters.
    pub contents_max: usize,
}

/// Keys `idempotency.*`.
#[derive(Clone, Debug, PartialEq)]
pub struct IdempotencyPolicy {
    /// `idempotency.hours`.
    pub keep: TimeDelta,
}

/// Keys `likes.*`.
#[derive(Clone, Debug, PartialEq)]
pub struct LikesPolicy {
    /// `likes.max_age_days`; zero switches the limit off.
    pub max_age: TimeDelta,
}

/// Keys `limits.*`; zero switches a limit off.
#[derive(Clone, Debug, PartialEq)]
pub struct LimitsPolicy {
    /// `limits.read_per_minute`.
    pub read_per_minute: u32,
    /// `limits.write_per_minute`.
    pub write_per_minute: u32,
    /// `limits.search_per_minute`.
    pub search_per_minute: u32,
    /// `limits.sign_up_per_hour`.
    pub sign_up_per_hour: u32,
    /// `limits.mail_per_hour`.
    pub mail_per_hour: u32,
}

/// Keys `media.*` that rules read.
#[derive(Clone, Debug, PartialEq)]
pub struct MediaPolicy {
    /// `media.max_bytes`.
    pub max_bytes: usize,
    /// `media.max_side`, in pixels.
    pub max_side: u32,
    /// `media.unattached_max`.
    pub unattached_max: i64,
    /// `media.unattached_hours`.
    pub unattached: TimeDelta,
    /// `media.url_minutes`.
    pub url: TimeDelta,
}

/// Keys `moderation.*`.
#[derive(Clone, Debug, PartialEq)]
pub struct ModerationPolicy {
    /// `moderation.refused_words`, compared after folding.
    pub refused_words: Vec<String>,
    /// `moderation.flagged_words`, compared after folding.
    pub flagged_words: Vec<String>,
    /// `moderation.weight_start`: what a first report weighs.
    pub weight_start: i64,
    /// `moderation.weight_dismissed`: what a report weighs less for each dismissed one of its reporter.
    pub weight_dismissed: i64,
    /// `moderation.weight_upheld`: what it weighs more for each upheld one.
    pub weight_upheld: i64,
    /// `moderation.hide_weight`: what open reports weigh together when their item is hidden.
    pub hide_weight: i64,
}

/// Keys `notifications.*`.
#[derive(Clone, Debug, PartialEq)]
pub struct NotificationsPolicy {
    /// `notifications.keep_days`.
    pub keep: TimeDelta,
}

/// Keys `posts.*`. Lengths are characters.
#[derive(Clone, Debug, PartialEq)]
pub struct PostsPolicy {
    /// `posts.title_max`.
    pub title_max: usize,
    /// `posts.contents_max`.
    pub contents_max: usize,
    /// `posts.list_chars`.
    pub list_chars: usize,
    /// `posts.hashtags_max`.
    pub hashtags_max: usize,
    /// `posts.images_max`.
    pub images_max: usize,
    /// `posts.cooldown_seconds`; zero switches the limit off.
    pub cooldown: TimeDelta,
    /// `posts.promotion_interval_hours`; zero switches the limit off.
    pub promotion_interval: TimeDelta,
    /// `posts.promotion_edit_minutes`.
    pub promotion_edit: TimeDelta,
    /// `posts.promotion_freeze_hours`.
    pub promotion_freeze: TimeDelta,
    /// `posts.refuse_duplicate`.
    pub refuse_duplicate: bool,
    /// `posts.hot_likes`.
    pub hot_likes: i64,
    /// `posts.best_likes`.
    pub best_likes: i64,
    /// `posts.view_flush_seconds`: how often readings are written.
    pub view_flush: TimeDelta,
}

/// Keys `search.*`.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchPolicy {
    /// `search.min_chars`.
    pub min_chars: usize,
}

/// Keys `sanctions.*`.
#[derive(Clone, Debug, PartialEq)]
pub struct SanctionsPolicy {
    /// `sanctions.appeal_days`.
    pub appeal: TimeDelta,
    /// `sanctions.manager_days_max`.
    pub manager_max: TimeDelta,
}

/// Keys `trash.*`.
#[derive(Clone, Debug, PartialEq)]
pub struct TrashPolicy {
    /// `trash.keep_days`.
    pub keep: TimeDelta,
}

impl Default for AccountsPolicy {
    fn default() -> Self {
        Self {
            username_min: 4,
            username_max: 20,
            nickname_min: 2,
            nickname_max: 10,
            nickname_change: TimeDelta::days(30),
            reserved_nicknames: ["admin", "administrator", "moderator", "madang", "관리자", "운영자", "마당"]
                .map(str::to_owned)
                .to_vec(),
            password_min: 8,
            password_max: 256,
            password_min_score: 2,
            unverified_purge: TimeDelta::days(30),
            withdrawal_purge: TimeDelta::days(14),
            export: TimeDelta::hours(24),
        }
    }
}

impl Default for AuthPolicy {
    fn default() -> Self {
        Self {
            access_ttl: TimeDelta::seconds(600),
            refresh_idle: TimeDelta::days(14),
            refresh_absolute: TimeDelta::days(30),
            refresh_grace: TimeDelta::seconds(10),
            max_sessions: 10,
            personal_tokens_max: 10,
            personal_token_max: TimeDelta::days(365),
            verify_link: TimeDelta::minutes(15),
            reset_link: TimeDelta::minutes(10),
            resend: TimeDelta::seconds(180),
            login_failures: 5,
            login_window: TimeDelta::minutes(15),
            login_failures_per_name_hour: 100,
            login_failures_per_address: 300,
        }
    }
}

impl Default for BoardsPolicy {
    fn default() -> Self {
        Self { managed_max: 3, favourites_max: 100, quiet: TimeDelta::days(14), transfer: TimeDelta::days(7) }
    }
}

impl Default for CommentsPolicy {
    fn default() -> Self {
        Self { contents_max: 300, replies_inline: 50 }
    }
}

impl Default for EventsPolicy {
    fn default() -> Self {
        Self { heartbeat: TimeDelta::seconds(15), streams_max: 5 }
    }
}

impl Default for MessagesPolicy {
    fn default() -> Self {
        Self { contents_max: 1000 }
    }
}

impl Default for IdempotencyPolicy {
    fn default() -> Self {
        Self { keep: TimeDelta::hours(24) }
    }
}

impl Default for LikesPolicy {
    fn default() -> Self {
        Self { max_age: TimeDelta::days(365) }
    }
}

impl Default for LimitsPolicy {
    fn default() -> Self {
        Self {
            read_per_minute: 600,
            write_per_minute: 60,
            search_per_minute: 60,
            sign_up_per_hour: 200,
            mail_per_hour: 5,
        }
    }
}

impl Default for MediaPolicy {
    fn default() -> Self {
        Self {
            max_bytes: 10_485_760,
            max_side: 12_000,
            unattached_max: 40,
            unattached: TimeDelta::hours(48),
            url: TimeDelta::minutes(60),
        }
    }
}

impl Default for NotificationsPolicy {
    fn default() -> Self {
        Self { keep: TimeDelta::days(90) }
    }
}

impl Default for PostsPolicy {
    fn default() -> Self {
        Self {
            title_max: 200,
            contents_max: 20_000,
            list_chars: 300,
            hashtags_max: 10,
            images_max: 20,
            cooldown: TimeDelta::seconds(10),
            promotion_interval: TimeDelta::hours(72),
            promotion_edit: TimeDelta::minutes(60),
            promotion_freeze: TimeDelta::hours(72),
            refuse_duplicate: true,
            hot_likes: 10,
            best_likes: 100,
            view_flush: TimeDelta::seconds(10),
        }
    }
}

impl Default for SearchPolicy {
    fn default() -> Self {
        Self { min_chars: 2 }
    }
}

impl Default for ModerationPolicy {
    fn default() -> Self {
        Self {
            refused_words: Vec::new(),
            flagged_words: Vec::new(),
            weight_start: 100,
            weight_dismissed: 25,
            weight_upheld: 10,
            hide_weight: 400,
        }
    }
}

impl Default for SanctionsPolicy {
    fn default() -> Self {
        Self { appeal: TimeDelta::days(7), manager_max: TimeDelta::days(30) }
    }
}

impl Default for TrashPolicy {
    fn default() -> Self {
        Self { keep: TimeDelta::days(30) }
    }
}
