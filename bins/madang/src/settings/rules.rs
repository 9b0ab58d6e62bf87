//! The sections that rules read.

use super::amount::Amount;
use super::section::{optional_text, section, text};
use madang_domain::policy::{
    AccountsPolicy, AuthPolicy, BoardsPolicy, CommentsPolicy, EventsPolicy, IdempotencyPolicy, LikesPolicy,
    LimitsPolicy, MediaPolicy, MessagesPolicy, ModerationPolicy, NotificationsPolicy, PostsPolicy,
    SanctionsPolicy, SearchPolicy, TrashPolicy,
};

/// Far more than any sensible count, so that a slip of the finger is noticed.
const MANY: i64 = 1_000_000;
/// Ten years of days.
const YEARS: i64 = 3650;

section! {
    /// `accounts.*`
    Accounts "accounts" {
        rules AccountsPolicy {
            username_min: usize = plain(username_min) in 1..=20;
            username_max: usize = plain(username_max) in 1..=150;
            nickname_min: usize = plain(nickname_min) in 1..=20;
            nickname_max: usize = plain(nickname_max) in 1..=50;
            nickname_change_days: Amount = days(nickname_change) in 0..=YEARS;
            reserved_nicknames: Vec<String> = plain(reserved_nicknames);
            password_min: usize = plain(password_min) in 8..=64;
            password_max: usize = plain(password_max) in 64..=1024;
            password_min_score: u8 = plain(password_min_score) in 0..=4;
            unverified_purge_days: Amount = days(unverified_purge) in 1..=YEARS;
            withdrawal_purge_days: Amount = days(withdrawal_purge) in 0..=YEARS;
            export_hours: Amount = hours(export) in 0..=8760;
        }
    }
}

section! {
    /// `auth.*`
    Auth "auth" {
        rules AuthPolicy {
            access_ttl_seconds: Amount = seconds(access_ttl) in 60..=3600;
            refresh_idle_days: Amount = days(refresh_idle) in 1..=YEARS;
            refresh_absolute_days: Amount = days(refresh_absolute) in 1..=YEARS;
            refresh_grace_seconds: Amount = seconds(refresh_grace) in 0..=60;
            max_sessions: usize = plain(max_sessions) in 1..=1000;
            personal_tokens_max: usize = plain(personal_tokens_max) in 0..=1000;
            personal_token_max_days: Amount = days(personal_token_max) in 1..=YEARS;
            verify_link_minutes: Amount = minutes(verify_link) in 1..=1440;
            reset_link_minutes: Amount = minutes(reset_link) in 1..=1440;
            resend_seconds: Amount = seconds(resend) in 0..=86400;
            login_failures: u32 = plain(login_failures) in 1..=MANY;
            login_window_minutes: Amount = minutes(login_window) in 1..=1440;
            login_failures_per_name_hour: u32 = plain(login_failures_per_name_hour) in 1..=MANY;
            login_failures_per_address: u32 = plain(login_failures_per_address) in 1..=MANY;
        }
        own {
            #[serde(deserialize_with = "optional_text")]
            keys_file: Option<String> = None;
            #[serde(deserialize_with = "optional_text")]
            issuer: Option<String> = None;
            #[serde(deserialize_with = "text")]
            audience: String = "madang".to_owned();
            #[serde(deserialize_with = "text")]
            liveness: String = "auto".to_owned();
            verified_cache_seconds: Amount = Amount(60.0), in 0..=3600;
            verified_cache_max: usize = 50_000, in 0..=10_000_000;
            // The least cost outside tests is 10; see `checks`.
            bcrypt_cost: u32 = 12, in 4..=14;
            hash_threads: Option<usize> = None, in 1..=256;
            hash_queue_max: usize = 32, in 1..=10_000;
            hash_wait_ms: Amount = Amount(5000.0), in 100..=60_000;
            pbkdf2_max_iterations: u32 = 2_000_000, in 1..=10_000_000;
        }
    }
}

section! {
    /// `boards.*`
    Boards "boards" {
        rules BoardsPolicy {
            managed_max: i64 = plain(managed_max) in 0..=MANY;
            favourites_max: i64 = plain(favourites_max) in 0..=MANY;
            quiet_days: Amount = days(quiet) in 0..=YEARS;
            transfer_days: Amount = days(transfer) in 1..=YEARS;
        }
    }
}

section! {
    /// `comments.*`
    Comments "comments" {
        rules CommentsPolicy {
            contents_max: usize = plain(contents_max) in 1..=100_000;
            replies_inline: u32 = plain(replies_inline) in 1..=100;
        }
    }
}

section! {
    /// `events.*`
    Events "events" {
        rules EventsPolicy {
            heartbeat_seconds: Amount = seconds(heartbeat) in 1..=3600;
            streams_max: i64 = plain(streams_max) in 1..=1000;
        }
    }
}

section! {
    /// `idempotency.*`
    Idempotency "idempotency" {
        rules IdempotencyPolicy {
            hours: Amount = hours(keep) in 1..=8760;
        }
    }
}

section! {
    /// `likes.*`
    Likes "likes" {
        rules LikesPolicy {
            max_age_days: Amount = days(max_age) in 0..=YEARS;
        }
    }
}

section! {
    /// `limits.*`
    Limits "limits" {
        rules LimitsPolicy {
            read_per_minute: u32 = plain(read_per_minute) in 0..=MANY;
            write_per_minute: u32 = plain(write_per_minute) in 0..=MANY;
            search_per_minute: u32 = plain(search_per_minute) in 0..=MANY;
            sign_up_per_hour: u32 = plain(sign_up_per_hour) in 0..=MANY;
            mail_per_hour: u32 = plain(mail_per_hour) in 0..=MANY;
        }
    }
}

section! {
    /// `media.*`
    Media "media" {
        rules MediaPolicy {
            max_bytes: usize = plain(max_bytes) in 1024..=104_857_600;
            max_side: u32 = plain(max_side) in 16..=16_384;
            unattached_max: i64 = plain(unattached_max) in 1..=MANY;
            unattached_hours: Amount = hours(unattached) in 1..=8760;
            url_minutes: Amount = minutes(url) in 1..=1440;
        }
        own {
            #[serde(deserialize_with = "optional_text")]
            store: Option<String> = None;
            threads: usize = 2, in 1..=64;
            queue_max: usize = 64, in 1..=10_000;
        }
    }
}

section! {
    /// `messages.*`
    Messages "messages" {
        rules MessagesPolicy {
            contents_max: usize = plain(contents_max) in 1..=100_000;
        }
    }
}

section! {
    /// `moderation.*`
    Moderation "moderation" {
        rules ModerationPolicy {
            refused_words: Vec<String> = plain(refused_words);
            flagged_words: Vec<String> = plain(flagged_words);
            weight_start: i64 = plain(weight_start) in 1..=MANY;
            weight_dismissed: i64 = plain(weight_dismissed) in 0..=MANY;
            weight_upheld: i64 = plain(weight_upheld) in 0..=MANY;
            hide_weight: i64 = plain(hide_weight) in 1..=MANY;
        }
    }
}

section! {
    /// `notifications.*`
    Notifications "notifications" {
        rules NotificationsPolicy {
            keep_days: Amount = days(keep) in 1..=YEARS;
        }
    }
}

section! {
    /// `posts.*`
    Posts "posts" {
        rules PostsPolicy {
            title_max: usize = plain(title_max) in 1..=1000;
            contents_max: usize = plain(contents_max) in 1..=100_000;
            list_chars: usize = plain(list_chars) in 1..=100_000;
            hashtags_max: usize = plain(hashtags_max) in 0..=100;
            images_max: usize = plain(images_max) in 0..=100;
            cooldown_seconds: Amount = seconds(cooldown) in 0..=86400;
            promotion_interval_hours: Amount = hours(promotion_interval) in 0..=8760;
            promotion_edit_minutes: Amount = minutes(promotion_edit) in 0..=525_600;
            promotion_freeze_hours: Amount = hours(promotion_freeze) in 0..=8760;
            refuse_duplicate: bool = plain(refuse_duplicate);
            hot_likes: i64 = plain(hot_likes) in 1..=MANY;
            best_likes: i64 = plain(best_likes) in 1..=MANY;
            view_flush_seconds: Amount = seconds(view_flush) in 1..=3600;
        }
    }
}

section! {
    /// `sanctions.*`
    Sanctions "sanctions" {
        rules SanctionsPolicy {
            appeal_days: Amount = days(appeal) in 1..=YEARS;
            manager_days_max: Amount = days(manager_max) in 1..=YEARS;
        }
    }
}

section! {
    /// `search.*`
    Search "search" {
        rules SearchPolicy {
            min_chars: usize = plain(min_chars) in 1..=10;
        }
    }
}

section! {
    /// `trash.*`
    Trash "trash" {
        rules TrashPolicy {
            keep_days: Amount = days(keep) in 1..=YEARS;
        }
    }
}
