//! A user's settings, as they are shown and changed.

use crate::extract::{Faults, Fields, Node, value};
use madang_domain::accounts::{NotificationKind, Settings, SettingsPatch};
use madang_domain::language::Language;
use madang_domain::policy::Policy;
use madang_domain::text::FieldError;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// What a user set.
#[derive(Serialize, ToSchema)]
#[schema(as = Settings)]
pub(crate) struct SettingsResponse {
    /// The language of mails and notices: `ko` or `en`.
    language: &'static str,
    accept_messages: bool,
    accept_anonymous_messages: bool,
    accept_friend_requests: bool,
    share_free_time: bool,
    /// Whether notices of each kind are on.
    notify: BTreeMap<&'static str, bool>,
}

/// A change of settings: what is absent stays.
#[derive(ToSchema)]
#[schema(as = SettingsPatch)]
#[expect(dead_code, reason = "documents the object that `patch` reads")]
pub(super) struct SettingsPatchBody {
    #[schema(nullable = false, pattern = "^(ko|en)$")]
    language: Option<String>,
    #[schema(nullable = false)]
    accept_messages: Option<bool>,
    #[schema(nullable = false)]
    accept_anonymous_messages: Option<bool>,
    #[schema(nullable = false)]
    accept_friend_requests: Option<bool>,
    #[schema(nullable = false)]
    share_free_time: Option<bool>,
    /// Kinds to be switched on or off.
    #[schema(nullable = false)]
    notify: Option<BTreeMap<String, bool>>,
}

impl SettingsResponse {
    pub(super) fn new(settings: &Settings) -> Self {
        let notify = NotificationKind::ALL.map(|kind| (kind.as_str(), settings.notifies(kind)));
        Self {
            language: settings.language.tag(),
            accept_messages: settings.accept_messages,
            accept_anonymous_messages: settings.accept_anonymous_messages,
            accept_friend_requests: settings.accept_friend_requests,
            share_free_time: settings.share_free_time,
            notify: notify.into(),
        }
    }
}

/// Reads a partial change.
pub(super) fn patch(policy: &Policy) -> impl Fn(Node) -> Result<SettingsPatch, Faults> {
    value::object(policy, |fields| {
        let language = fields.optional("language", value::choice(Language::from_tag));
        let accept_messages = fields.optional("accept_messages", value::boolean);
        let accept_anonymous_messages = fields.optional("accept_anonymous_messages", value::boolean);
        let accept_friend_requests = fields.optional("accept_friend_requests", value::boolean);
        let share_free_time = fields.optional("share_free_time", value::boolean);
        let notify = fields.optional("notify", value::object(fields.policy(), switches));
        Some(SettingsPatch {
            language: language?,
            accept_messages: accept_messages?,
            accept_anonymous_messages: accept_anonymous_messages?,
            accept_friend_requests: accept_friend_requests?,
            share_free_time: share_free_time?,
            notify: notify?.unwrap_or_default(),
        })
    })
}

/// Reads which kinds of notices are switched on or off.
fn switches(fields: &mut Fields<'_>) -> Option<Vec<(NotificationKind, bool)>> {
    let read = NotificationKind::ALL.map(|kind| match fields.optional(kind.as_str(), value::boolean) {
        Some(Some(false)) if !kind.is_optional() => {
            (kind, fields.refuse(kind.as_str(), FieldError::NotAllowed))
        }
        on => (kind, on),
    });
    let switches = read.into_iter().map(|(kind, on)| on.map(|on| on.map(|on| (kind, on))));
    let switches: Option<Vec<_>> = switches.collect();
    Some(switches?.into_iter().flatten().collect())
}
