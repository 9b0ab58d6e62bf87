//! The settings as they are written.

use super::section::{optional_text, text};
use super::{Mode, SettingsError, rules, server};
use madang_domain::policy::Policy;
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;

/// All keys. `None` is a value that the server works out.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Raw {
    #[serde(deserialize_with = "text")]
    pub(super) mode: String,
    #[serde(deserialize_with = "optional_text")]
    pub(super) data_dir: Option<String>,
    pub(super) accounts: rules::Accounts,
    pub(super) auth: rules::Auth,
    pub(super) boards: rules::Boards,
    pub(super) comments: rules::Comments,
    pub(super) database: server::Database,
    pub(super) events: rules::Events,
    pub(super) http: server::Http,
    pub(super) idempotency: rules::Idempotency,
    pub(super) jobs: server::Jobs,
    pub(super) likes: rules::Likes,
    pub(super) limits: rules::Limits,
    pub(super) log: server::Log,
    pub(super) mail: server::Mail,
    pub(super) media: rules::Media,
    pub(super) metrics: server::Metrics,
    pub(super) messages: rules::Messages,
    pub(super) moderation: rules::Moderation,
    pub(super) notifications: rules::Notifications,
    pub(super) posts: rules::Posts,
    pub(super) sanctions: rules::Sanctions,
    pub(super) search: rules::Search,
    pub(super) trash: rules::Trash,
}

impl Default for Raw {
    fn default() -> Self {
        Self {
            mode: "normal".to_owned(),
            data_dir: None,
            accounts: rules::Accounts::default(),
            auth: rules::Auth::default(),
            boards: rules::Boards::default(),
            comments: rules::Comments::default(),
            database: server::Database::default(),
            events: rules::Events::default(),
            http: server::Http::default(),
            idempotency: rules::Idempotency::default(),
            jobs: server::Jobs::default(),
            likes: rules::Likes::default(),
            limits: rules::Limits::default(),
            log: server::Log::default(),
            mail: server::Mail::default(),
            media: rules::Media::default(),
            metrics: server::Metrics::default(),
            messages: rules::Messages::default(),
            moderation: rules::Moderation::default(),
            notifications: rules::Notifications::default(),
            posts: rules::Posts::default(),
            sanctions: rules::Sanctions::default(),
            search: rules::Search::default(),
            trash: rules::Trash::default(),
        }
    }
}

impl Raw {
    pub(super) fn mode(&self) -> Result<Mode, SettingsError> {
        match self.mode.as_str() {
            "normal" => Ok(Mode::Normal),
            "test" => Ok(Mode::Test),
            other => Err(SettingsError::new("mode", format!("\"{other}\" is unknown; write normal or test"))),
        }
    }

    /// Refuses numbers out of bounds, and pairs that contradict each other.
    pub(super) fn check(&self, mode: Mode) -> Result<(), SettingsError> {
        self.accounts.check(mode)?;
        self.auth.check(mode)?;
        self.boards.check(mode)?;
        self.comments.check(mode)?;
        self.database.check(mode)?;
        self.events.check(mode)?;
        self.http.check(mode)?;
        self.idempotency.check(mode)?;
        self.jobs.check(mode)?;
        self.likes.check(mode)?;
        self.limits.check(mode)?;
        self.log.check(mode)?;
        self.mail.check(mode)?;
        self.media.check(mode)?;
        self.metrics.check(mode)?;
        self.messages.check(mode)?;
        self.moderation.check(mode)?;
        self.notifications.check(mode)?;
        self.posts.check(mode)?;
        self.sanctions.check(mode)?;
        self.search.check(mode)?;
        self.trash.check(mode)?;
        if mode == Mode::Normal && self.auth.bcrypt_cost < 10 {
            let sentence = format!(
                "{} is out of bounds; choose a number from 10 to 14 (4 is for mode = \"test\")",
                self.auth.bcrypt_cost
            );
            return Err(SettingsError::new("auth.bcrypt_cost", sentence));
        }
        for (key, least, most_key, most) in [
            (
                "accounts.username_min",
                self.accounts.username_min,
                "accounts.username_max",
                self.accounts.username_max,
            ),
            (
                "accounts.nickname_min",
                self.accounts.nickname_min,
                "accounts.nickname_max",
                self.accounts.nickname_max,
            ),
        ] {
            if least > most {
                let sentence = format!("{least} is more than {most_key}, which is {most}; lower it");
                return Err(SettingsError::new(key, sentence));
            }
        }
        if self.auth.refresh_idle_days > self.auth.refresh_absolute_days {
            let sentence = "it is longer than auth.refresh_absolute_days; lower it";
            return Err(SettingsError::new("auth.refresh_idle_days", sentence));
        }
        Ok(())
    }

    /// The keys that rules read, with the bounds of numbers.
    pub(super) fn rules() -> Vec<(&'static str, Option<RangeInclusive<i64>>)> {
        [
            rules::Accounts::rules(),
            rules::Auth::rules(),
            rules::Boards::rules(),
            rules::Comments::rules(),
            rules::Events::rules(),
            rules::Idempotency::rules(),
            rules::Likes::rules(),
            rules::Limits::rules(),
            rules::Media::rules(),
            rules::Messages::rules(),
            rules::Moderation::rules(),
            rules::Notifications::rules(),
            rules::Posts::rules(),
            rules::Sanctions::rules(),
            rules::Search::rules(),
            rules::Trash::rules(),
        ]
        .concat()
    }

    pub(super) fn policy(&self) -> Policy {
        Policy {
            revision: 0,
            accounts: self.accounts.policy(),
            auth: self.auth.policy(),
            boards: self.boards.policy(),
            comments: self.comments.policy(),
            events: self.events.policy(),
            idempotency: self.idempotency.policy(),
            likes: self.likes.policy(),
            limits: self.limits.policy(),
            media: self.media.policy(),
            messages: self.messages.policy(),
            moderation: self.moderation.policy(),
            notifications: self.notifications.policy(),
            posts: self.posts.policy(),
            sanctions: self.sanctions.policy(),
            search: self.search.policy(),
            trash: self.trash.policy(),
        }
    }
}
