//! Notices: the one module that reads `notifications`. A row ties its recipient to an item that the recipient may have
//! written anonymously, so nothing is read here but the viewer's own rows.

mod add;
mod list;
mod rounds;
mod row;
mod sight;

use crate::columns::{at, uid};
use crate::connection::run;
use crate::schema::{
    boards, comments, media, message_sides, message_threads, messages, posts, reports, schools, users,
};
use crate::unit_of_work::DieselUnitOfWork;
use diesel::prelude::*;
use madang_domain::actor::Actor;
use madang_domain::ctx::Timestamp;
use madang_domain::ids::{BoardId, NotificationId, UserId};
use madang_domain::notifications::{
    NewNotice, NoticeFilter, NoticeRound, NoticeView, NotificationRepository, Pulse, Unread,
};
use madang_domain::paging::{Feed, FeedRequest};
use madang_domain::store::StoreError;

diesel::table! {
    use diesel::sql_types::*;
    use crate::columns::{Instant, Uid};

    notifications (recipient_id, id) {
        recipient_id -> Uid,
        id -> Uid,
        kind -> Text,
        actor_id -> Nullable<Uid>,
        actor_number -> Nullable<Integer>,
        target_type -> Nullable<Text>,
        target_id -> Nullable<Uid>,
        post_id -> Nullable<Uid>,
        created_at -> Instant,
        read_at -> Nullable<Instant>,
    }
}
diesel::allow_tables_to_appear_in_same_query!(notifications, boards);
diesel::allow_tables_to_appear_in_same_query!(notifications, comments);
diesel::allow_tables_to_appear_in_same_query!(notifications, media);
diesel::allow_tables_to_appear_in_same_query!(notifications, message_sides);
diesel::allow_tables_to_appear_in_same_query!(notifications, message_threads);
diesel::allow_tables_to_appear_in_same_query!(notifications, messages);
diesel::allow_tables_to_appear_in_same_query!(notifications, posts);
diesel::allow_tables_to_appear_in_same_query!(notifications, reports);
diesel::allow_tables_to_appear_in_same_query!(notifications, schools);
diesel::allow_tables_to_appear_in_same_query!(notifications, users);

diesel::alias!(users as actors: Actors);

impl NotificationRepository for DieselUnitOfWork<'_> {
    fn add(&mut self, notice: &NewNotice) -> Result<usize, StoreError> {
        add::add(self, notice)
    }

    fn list(
        &mut self,
        viewer: &Actor,
        filter: &NoticeFilter,
        request: FeedRequest,
    ) -> Result<Feed<NoticeView>, StoreError> {
        list::list(self, viewer, filter, request)
    }

    fn count_unread(&mut self, viewer: &Actor) -> Result<Unread, StoreError> {
        list::count_unread(self, viewer)
    }

    fn feel_pulse(&mut self, user: UserId) -> Result<Pulse, StoreError> {
        list::feel_pulse(self, user)
    }

    fn mark_read(&mut self, user: UserId, id: NotificationId, when: Timestamp) -> Result<bool, StoreError> {
        let own = notifications::table.find((uid(user), uid(id)));
        let unread = own.filter(notifications::read_at.is_null());
        let read = notifications::read_at.eq(at(when));
        if run!(self, |c| diesel::update(unread).set(read).execute(c))? == 1 {
            return Ok(true);
        }
        run!(self, |c| diesel::select(diesel::dsl::exists(own)).get_result(c))
    }

    fn mark_all_read(&mut self, user: UserId, until: Timestamp, when: Timestamp) -> Result<(), StoreError> {
        run!(self, |c| {
            diesel::update(notifications::table)
                .filter(notifications::recipient_id.eq(uid(user)))
                .filter(notifications::read_at.is_null())
                .filter(notifications::created_at.le(at(until)))
                .set(notifications::read_at.eq(at(when)))
                .execute(c)
        })?;
        Ok(())
    }

    fn find_holder(
        &mut self,
        board: BoardId,
        after: Option<UserId>,
        count: u32,
    ) -> Result<Option<UserId>, StoreError> {
        rounds::find_holder(self, board, after, count)
    }

    fn add_round(&mut self, round: &NoticeRound) -> Result<(), StoreError> {
        rounds::add(self, round)
    }

    fn find_round(&mut self) -> Result<Option<NoticeRound>, StoreError> {
        rounds::find(self)
    }

    fn remove_round(&mut self, board: BoardId) -> Result<(), StoreError> {
        rounds::remove(self, board)
    }

    fn purge(&mut self, before: Timestamp) -> Result<usize, StoreError> {
        let old = notifications::table.filter(notifications::created_at.lt(at(before)));
        run!(self, |c| diesel::delete(old).execute(c))
    }
}

/// Erases what `user` was told.
pub(crate) fn erase_of(uow: &mut DieselUnitOfWork<'_>, user: UserId) -> Result<(), StoreError> {
    let own = notifications::table.filter(notifications::recipient_id.eq(uid(user)));
    run!(uow, |c| diesel::delete(own).execute(c))?;
    Ok(())
}
