//! The viewer's own notices, and how many are unread.

use super::row::{NoticeRow, notice_columns};
use super::sight::in_sight;
use super::{actors, notifications};
use crate::columns::{at, uid};
use crate::connection::run;
use crate::filters::{filter_one_of, filter_ordered};
use crate::keyset::walk;
use crate::media::profile_image;
use crate::schema::{
    boards, comments, media, message_sides, message_threads, messages, posts, reports, users,
};
use crate::unit_of_work::DieselUnitOfWork;
use diesel::dsl::not;
use diesel::prelude::*;
use madang_domain::actor::{Actor, Role};
use madang_domain::ctx::Timestamp;
use madang_domain::ids::UserId;
use madang_domain::notifications::{NoticeFilter, NoticeView, NotificationKind, Pulse, TargetKind, Unread};
use madang_domain::paging::{Feed, FeedRequest, Position};
use madang_domain::store::StoreError;

pub(super) fn list(
    uow: &mut DieselUnitOfWork<'_>,
    viewer: &Actor,
    filter: &NoticeFilter,
    request: FeedRequest,
) -> Result<Feed<NoticeView>, StoreError> {
    let rows: Vec<NoticeRow> = run!(uow, |c| {
        let mut query = notifications::table
            .left_join(actors.on(notifications::actor_id.eq(actors.field(users::id).nullable())))
            .filter(notifications::recipient_id.eq(uid(viewer.user)))
            .select(notice_columns!(in_sight!(viewer).assume_not_null()))
            .into_boxed();
        query = match filter.is_read {
            None => query,
            Some(true) => query.filter(notifications::read_at.is_not_null().or(not(in_sight!(viewer)))),
            Some(false) => query.filter(notifications::read_at.is_null()).filter(in_sight!(viewer)),
        };
        filter_one_of!(query, &filter.kind, notifications::kind, NotificationKind::as_str);
        filter_ordered!(query, &filter.created_at, notifications::created_at, at);
        walk!(query, request, notifications, created_at, id).load(c)
    })?;
    let notices = rows.into_iter().map(NoticeView::try_from).collect::<Result<Vec<_>, _>>()?;
    Ok(Feed::assemble(&request, notices, |notice| Position { at: notice.created_at, id: notice.id.into() }))
}

pub(super) fn count_unread(uow: &mut DieselUnitOfWork<'_>, viewer: &Actor) -> Result<Unread, StoreError> {
    let notifications: i64 = run!(uow, |c| {
        notifications::table
            .filter(notifications::recipient_id.eq(uid(viewer.user)))
            .filter(notifications::read_at.is_null())
            .filter(in_sight!(viewer))
            .count()
            .get_result(c)
    })?;
    Ok(Unread { notifications, ..Unread::default() })
}

pub(super) fn feel_pulse(uow: &mut DieselUnitOfWork<'_>, user: UserId) -> Result<Pulse, StoreError> {
    let own = || notifications::table.filter(notifications::recipient_id.eq(uid(user)));
    let unread = own().filter(notifications::read_at.is_null()).count().single_value();
    let latest =
        own().order(notifications::created_at.desc()).select(notifications::created_at).single_value();
    let (unread, latest): (Option<i64>, Option<Timestamp>) =
        run!(uow, |c| diesel::select((unread, latest)).get_result(c))?;
    Ok(Pulse { unread: unread.unwrap_or_default(), latest })
}
