//! How a notice lies in the database.

use diesel::prelude::*;
use madang_domain::accounts::UserSummary;
use madang_domain::ctx::Timestamp;
use madang_domain::ids::{MediaId, NotificationId, PostId, UserId};
use madang_domain::notifications::{NoticeTarget, NoticeView, NotificationKind, TargetKind};
use madang_domain::posts::Author;
use madang_domain::reports::ReportStatus;
use madang_domain::store::StoreError;
use uuid::Uuid;

/// What the read model of notices selects; `$in_sight` tells whether the source is.
macro_rules! notice_columns {
    ($in_sight:expr) => {
        (
            (
                notifications::id,
                notifications::kind,
                notifications::actor_number,
                notifications::target_type,
                notifications::target_id,
                notifications::post_id,
                notifications::created_at,
                notifications::read_at.is_not_null(),
            ),
            (
                actors.field(users::id),
                actors.field(users::nickname),
                actors.field(users::deleted_at).is_not_null(),
            )
                .nullable(),
            profile_image!(notifications::actor_id),
            diesel::dsl::exists(
                posts::table
                    .filter(notifications::post_id.eq(posts::id.nullable()))
                    .filter(posts::author_id.eq(notifications::actor_id))
                    .select(posts::id),
            ),
            reports::table
                .filter(notifications::target_id.eq(reports::id.nullable()))
                .select(reports::status)
                .single_value(),
            $in_sight,
        )
    };
}
pub(super) use notice_columns;

#[derive(Queryable)]
pub(super) struct NoticeRow {
    notice: NoticePart,
    actor: Option<(UserId, String, bool)>,
    actor_image: Option<MediaId>,
    by_named_post_author: bool,
    report_status: Option<String>,
    in_sight: bool,
}

#[derive(Queryable)]
pub(super) struct NoticePart {
    id: NotificationId,
    kind: String,
    actor_number: Option<i32>,
    target_type: Option<String>,
    target_id: Option<Uuid>,
    post_id: Option<PostId>,
    created_at: Timestamp,
    is_read: bool,
}

impl TryFrom<NoticeRow> for NoticeView {
    type Error = StoreError;

    fn try_from(row: NoticeRow) -> Result<Self, StoreError> {
        let NoticeRow { notice, actor, actor_image, by_named_post_author, report_status, in_sight } = row;
        let unknown =
            |column: &str| StoreError::internal(format!("notifications.{column} holds an unknown word"));
        let number = notice.actor_number.map(u32::try_from).transpose();
        let number = number.map_err(|_| StoreError::internal("a number of a thread is out of range"))?;
        let kind = NotificationKind::from_word(&notice.kind).ok_or_else(|| unknown("kind"))?;
        let actor = match (number, actor) {
            (Some(number), _) => {
                Some(Author::Anonymous { number: Some(number).filter(|number| *number > 0) })
            }
            (None, Some((_, _, true))) => Some(Author::Withdrawn),
            (None, Some((id, nickname, false))) => {
                Some(Author::Named(UserSummary { id, nickname, image: actor_image }))
            }
            // Who opened an anonymous thread has no number (MSG-2).
            (None, None) if kind == NotificationKind::Message => Some(Author::Opener),
            (None, None) => None,
        };
        let target = match (notice.target_type, notice.target_id) {
            (Some(word), Some(id)) => {
                let kind = TargetKind::from_word(&word).ok_or_else(|| unknown("target_type"))?;
                Some(NoticeTarget { kind, id, post: notice.post_id })
            }
            _ => None,
        };
        let report = report_status.map(|word| {
            let unknown = || StoreError::internal("reports.status holds an unknown word");
            ReportStatus::from_word(&word).ok_or_else(unknown)
        });
        Ok(Self {
            id: notice.id,
            kind,
            is_neutral: !in_sight,
            actor: actor.filter(|_| in_sight),
            by_post_author: in_sight && (by_named_post_author || number == Some(0)),
            target: target.filter(|_| in_sight),
            report: report.transpose()?,
            is_read: notice.is_read || !in_sight,
            created_at: notice.created_at,
        })
    }
}
