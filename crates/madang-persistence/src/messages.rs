//! Messages.

mod doors;
mod row;
mod sight;
mod write;

use crate::anonymity::is_label_closed;
use crate::columns::{at, uid};
use crate::connection::run;
use crate::filters::{filter_one_of, filter_ordered};
use crate::fragment::{Fragment, Piece};
use crate::keyset::walk;
use crate::media::profile_image;
use crate::schema::{boards, media, message_sides, message_threads, messages, posts, users};
use crate::unit_of_work::DieselUnitOfWork;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use madang_domain::actor::Actor;
use madang_domain::blocks::Blocked;
use madang_domain::ctx::Timestamp;
use madang_domain::filters::TimeTest;
use madang_domain::ids::{MessageThreadId, PostId, UserId};
use madang_domain::messages::{
    ContextKind, Door, MessageRepository, MessageView, NewMessage, NewThread, Opened, OwnThread,
    ThreadFilter, ThreadView,
};
use madang_domain::paging::{Feed, FeedRequest, Position};
use madang_domain::store::StoreError;
use row::{MessageRow, ThreadRow, message_columns, thread_columns, with_faces};
use sight::{context_is_live, has_unread, is_closed, is_closed_either_way};
use uuid::Uuid;

pub(crate) use doors::{DoorRow, door_columns};
pub(crate) use sight::{is_in_sight, others, own_threads};
pub(crate) use write::leave_threads;

diesel::alias!(users as selves: Selves);

/// Whether the message of the row comes after the one of this number. The sign keeps both databases from reading the whole
/// thread by its numbers, to sort it, where a page of the feed is enough.
fn comes_after(number: i64) -> Fragment<Bool> {
    Fragment::new([Piece::Sql("+messages.seq > "), Piece::BigInt(number)])
}

impl MessageRepository for DieselUnitOfWork<'_> {
    fn find(&mut self, viewer: &Actor, id: MessageThreadId) -> Result<Option<ThreadView>, StoreError> {
        let row: Option<ThreadRow> = run!(self, |c| {
            with_faces!(own_threads!(uid(viewer.user)), uid(viewer.user))
                .filter(message_sides::thread_id.eq(uid(id)))
                .filter(is_in_sight())
                .select(thread_columns!())
                .first(c)
                .optional()
        })?;
        row.map(|row| row.into_view(viewer)).transpose()
    }

    fn list(
        &mut self,
        viewer: &Actor,
        filter: &ThreadFilter,
        request: FeedRequest,
    ) -> Result<Feed<ThreadView>, StoreError> {
        let rows: Vec<ThreadRow> = run!(self, |c| {
            let mut query = with_faces!(own_threads!(uid(viewer.user)), uid(viewer.user))
                .filter(is_in_sight())
                .select(thread_columns!())
                .into_boxed();
            query = match filter.is_unread {
                Some(true) => query.filter(has_unread()),
                Some(false) => query.filter(message_sides::unread.eq(0)),
                None => query,
            };
            filter_one_of!(query, &filter.kinds, message_threads::context_type, ContextKind::as_str);
            walk!(query, request, message_sides, last_message_at, thread_id).load(c)
        })?;
        let views = rows.into_iter().map(|row| row.into_view(viewer)).collect::<Result<Vec<_>, _>>()?;
        let position = |thread: &ThreadView| Position { at: thread.last_message_at, id: thread.id.into() };
        Ok(Feed::assemble(&request, views, position))
    }

    fn list_messages(
        &mut self,
        _viewer: &Actor,
        thread: &ThreadView,
        created_at: &[TimeTest],
        request: FeedRequest,
    ) -> Result<Feed<MessageView>, StoreError> {
        let rows: Vec<MessageRow> = run!(self, |c| {
            let mut query = messages::table
                .filter(messages::thread_id.eq(uid(thread.id)))
                .filter(comes_after(thread.cleared_seq))
                .select(message_columns!())
                .into_boxed();
            filter_ordered!(query, created_at, messages::created_at, at);
            walk!(query, request, messages, created_at, id).load(c)
        })?;
        let views: Vec<_> =
            rows.into_iter().map(|row| row.into_view(thread.is_opener, thread.read_seq)).collect();
        let position = |message: &MessageView| Position { at: message.created_at, id: message.id.into() };
        Ok(Feed::assemble(&request, views, position))
    }

    fn count_unread(&mut self, user: UserId) -> Result<i64, StoreError> {
        // Few threads are unread at a time, and the sum of a column is of another type on each database.
        let unread: Vec<i64> = run!(self, |c| {
            own_threads!(uid(user))
                .filter(has_unread())
                .filter(is_in_sight())
                .select(message_sides::unread)
                .load(c)
        })?;
        Ok(unread.iter().sum())
    }

    fn find_opened(&mut self, opener: UserId, opened: Opened) -> Result<Option<OwnThread>, StoreError> {
        let row: Option<(MessageThreadId, bool, bool)> = run!(self, |c| {
            own_threads!(uid(opener))
                .filter(message_sides::item_id.eq(uid(item(opened))))
                .select((message_sides::thread_id, message_sides::is_opener, is_closed_either_way()))
                .first(c)
                .optional()
        })?;
        Ok(row.map(|(id, is_opener, is_closed)| OwnThread { id, is_opener, is_closed }))
    }

    fn find_blocked(&mut self, user: UserId, id: MessageThreadId) -> Result<Option<Blocked>, StoreError> {
        let row: Option<(Option<i32>, Option<UserId>)> = run!(self, |c| {
            own_threads!(uid(user))
                .filter(message_sides::thread_id.eq(uid(id)))
                .select((message_threads::number, others.field(message_sides::user_id)))
                .first(c)
                .optional()
        })?;
        Ok(row.and_then(|(number, other)| match number {
            Some(_) => Some(Blocked::Thread(id)),
            None => other.map(Blocked::User),
        }))
    }

    fn find_door(&mut self, viewer: UserId, user: UserId) -> Result<Option<Door>, StoreError> {
        doors::find(self, viewer, user)
    }

    fn is_label_closed(&mut self, opener: UserId, post: PostId, number: u32) -> Result<bool, StoreError> {
        is_label_closed(self, opener, post, number)
    }

    fn add(&mut self, thread: &NewThread) -> Result<(), StoreError> {
        write::add(self, thread)
    }

    fn add_message(&mut self, message: &NewMessage) -> Result<(), StoreError> {
        write::add_message(self, message)
    }

    fn mark_read(&mut self, user: UserId, id: MessageThreadId) -> Result<(), StoreError> {
        write::mark_read(self, user, id)
    }

    fn mark_deleted(
        &mut self,
        user: UserId,
        id: MessageThreadId,
        when: Timestamp,
    ) -> Result<bool, StoreError> {
        write::mark_deleted(self, user, id, when)
    }

    fn purge(&mut self, before: Timestamp, limit: i64) -> Result<usize, StoreError> {
        write::purge(self, before, limit)
    }
}

/// By what a thread is found again.
fn item(opened: Opened) -> Uuid {
    match opened {
        Opened::User(user) => user.into(),
        Opened::Named { comment: Some(comment), .. } | Opened::Label { comment: Some(comment), .. } => {
            comment.into()
        }
        Opened::Named { post, .. } | Opened::Label { post, .. } => post.into(),
    }
}
