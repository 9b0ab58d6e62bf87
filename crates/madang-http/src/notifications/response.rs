//! A notice as its recipient reads it.

use crate::problem::instant;
use crate::shapes::Author;
use crate::texts::{text, text_with_name};
use crate::viewer::Viewer;
use madang_domain::notifications::{NoticeTarget, NoticeView, NotificationKind};
use madang_domain::reports::ReportStatus;
use serde::Serialize;
use std::borrow::Cow;
use utoipa::ToSchema;
use uuid::Uuid;

/// The words of kinds.
pub(super) const KINDS: &[&str] = &{
    let mut words = [""; NotificationKind::ALL.len()];
    let mut n = 0;
    while n < words.len() {
        words[n] = NotificationKind::ALL[n].as_str();
        n += 1;
    }
    words
};

/// What somebody was told. When it was about something that is out of sight now, neither actor nor target is named.
#[derive(Serialize, ToSchema)]
#[schema(as = Notification)]
pub(crate) struct NotificationResponse {
    id: Uuid,
    #[schema(pattern = "^[a-z_]+$")]
    kind: &'static str,
    #[schema(required)]
    actor: Option<Author>,
    #[schema(required)]
    target: Option<TargetResponse>,
    /// What happened, in the language of the answer.
    text: String,
    is_read: bool,
    #[schema(format = DateTime)]
    created_at: String,
}

/// Where a notice leads.
#[derive(Serialize, ToSchema)]
#[schema(as = NotificationTarget)]
struct TargetResponse {
    #[serde(rename = "type")]
    kind: &'static str,
    id: Uuid,
    /// The post itself, or the post of the comment.
    #[schema(required)]
    post_id: Option<Uuid>,
}

impl NotificationResponse {
    pub(crate) fn new(notice: &NoticeView, viewer: &Viewer) -> Self {
        let actor = notice.actor.as_ref().map(|actor| Author::new(actor, notice.by_post_author, viewer));
        Self {
            id: notice.id.into(),
            kind: notice.kind.as_str(),
            text: words(notice, actor.as_ref(), viewer),
            actor,
            target: notice.target.as_ref().map(TargetResponse::new),
            is_read: notice.is_read,
            created_at: instant(notice.created_at),
        }
    }
}

impl TargetResponse {
    fn new(target: &NoticeTarget) -> Self {
        Self { kind: target.kind.as_str(), id: target.id, post_id: target.post.map(Uuid::from) }
    }
}

fn words(notice: &NoticeView, actor: Option<&Author>, viewer: &Viewer) -> String {
    let language = viewer.language();
    if notice.is_neutral {
        return text(language, "notice-neutral");
    }
    text_with_name(language, &key(notice), actor.map_or("", Author::name))
}

/// The key of what a notice says: a decision on a report says which (RPT-4).
fn key(notice: &NoticeView) -> Cow<'static, str> {
    match (notice.kind, notice.report) {
        (NotificationKind::ReportResult, Some(ReportStatus::Upheld)) => "notice-report-upheld".into(),
        (NotificationKind::ReportResult, Some(ReportStatus::Dismissed)) => "notice-report-dismissed".into(),
        (kind, _) => key_of(kind).into(),
    }
}

/// The key of the text of a kind.
fn key_of(kind: NotificationKind) -> String {
    format!("notice-{}", kind.as_str().replace('_', "-"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use madang_domain::language::Language;

    #[test]
    fn x_7_every_kind_has_a_text_in_both_languages() {
        for kind in NotificationKind::ALL {
            for language in [Language::English, Language::Korean] {
                let said = text_with_name(language, &key_of(kind), "N");
                assert!(!said.is_empty() && said != key_of(kind), "{said}");
            }
        }
        assert_eq!(KINDS.len(), NotificationKind::ALL.len());
    }
}
