//! What changes threads. Whoever does holds the row of the thread first, so that no message comes between.

use super::item;
use crate::anonymity::add_side_of_label;
use crate::columns::{InstantValue, UidValue, at, uid};
use crate::connection::run;
use crate::schema::{blocks, message_sides, message_threads, messages};
use crate::unit_of_work::DieselUnitOfWork;
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use madang_domain::ctx::Timestamp;
use madang_domain::ids::{MessageThreadId, UserId};
use madang_domain::messages::{ContextKind, NewMessage, NewThread, Opened};
use madang_domain::store::StoreError;
use std::collections::BTreeSet;

pub(super) fn add(uow: &mut DieselUnitOfWork<'_>, thread: &NewThread) -> Result<(), StoreError> {
    let (kind, post, comment, number) = match thread.opened {
        Opened::User(_) => (ContextKind::User, None, None, None),
        Opened::Named { post, comment, .. } => (kind_of(comment.is_some()), Some(post), comment, None),
        Opened::Label { post, comment, number } => {
            (kind_of(comment.is_some()), Some(post), comment, Some(number))
        }
    };
    let number = number.map(i32::try_from).transpose();
    let number = number.map_err(|_| StoreError::internal("a number of a thread is out of range"))?;
    let row = (
        message_threads::id.eq(uid(thread.id)),
        message_threads::context_type.eq(kind.as_str()),
        message_threads::post_id.eq(post.map(uid)),
        message_threads::comment_id.eq(comment.map(uid)),
        message_threads::number.eq(number),
        message_threads::created_at.eq(at(thread.created_at)),
    );
    run!(uow, |c| diesel::insert_into(message_threads::table).values(row).execute(c))?;
    let opener = (true, thread.opener, Some(item(thread.opened)));
    let sides = match thread.opened {
        Opened::User(user) => {
            let mut sides = vec![opener, (false, user, Some(thread.opener.into()))];
            // In one order, so that two who open at once wait for one another in turn.
            sides.sort_by_key(|(_, user, _)| *user);
            sides
        }
        Opened::Named { author, .. } => vec![opener, (false, author, None)],
        Opened::Label { post, number, .. } => {
            add_side_of_label(uow, thread, post, number)?;
            vec![opener]
        }
    };
    for (is_opener, user, item) in sides {
        let row = (
            message_sides::thread_id.eq(uid(thread.id)),
            message_sides::is_opener.eq(is_opener),
            message_sides::user_id.eq(uid(user)),
            message_sides::item_id.eq(item.map(uid)),
            message_sides::last_message_at.eq(at(thread.created_at)),
        );
        run!(uow, |c| diesel::insert_into(message_sides::table).values(row).execute(c))?;
    }
    Ok(())
}

fn kind_of(is_comment: bool) -> ContextKind {
    if is_comment { ContextKind::Comment } else { ContextKind::Post }
}

/// Holds the thread; answers the number of its last message after adding `more`.
fn hold(uow: &mut DieselUnitOfWork<'_>, id: MessageThreadId, more: i64) -> Result<i64, StoreError> {
    run!(uow, |c| {
        diesel::update(message_threads::table.filter(message_threads::id.eq(uid(id))))
            .set(message_threads::last_seq.eq(message_threads::last_seq + more))
            .returning(message_threads::last_seq)
            .get_result(c)
    })
}

pub(super) fn add_message(uow: &mut DieselUnitOfWork<'_>, message: &NewMessage) -> Result<(), StoreError> {
    let seq = hold(uow, message.thread, 1)?;
    let row = (
        messages::id.eq(uid(message.id)),
        messages::thread_id.eq(uid(message.thread)),
        messages::seq.eq(seq),
        messages::from_opener.eq(message.from_opener),
        messages::contents.eq(&message.contents),
        messages::created_at.eq(at(message.created_at)),
    );
    let sides = || message_sides::table.filter(message_sides::thread_id.eq(uid(message.thread)));
    // Whoever has been erased is brought nothing back.
    let sides = || sides().filter(message_sides::user_id.is_not_null());
    let moved = (
        message_sides::last_message_at.eq(at(message.created_at)),
        message_sides::deleted_at.eq(None::<InstantValue>),
    );
    run!(uow, |c| {
        diesel::insert_into(messages::table).values(row).execute(c)?;
        diesel::update(sides()).set(moved).execute(c)?;
        diesel::update(sides().filter(message_sides::is_opener.ne(message.from_opener)))
            .set(message_sides::unread.eq(message_sides::unread + 1))
            .execute(c)
    })?;
    Ok(())
}

pub(super) fn mark_read(
    uow: &mut DieselUnitOfWork<'_>,
    user: UserId,
    id: MessageThreadId,
) -> Result<(), StoreError> {
    let last = hold(uow, id, 0)?;
    let own = message_sides::table
        .filter(message_sides::thread_id.eq(uid(id)))
        .filter(message_sides::user_id.eq(uid(user)));
    run!(uow, |c| {
        diesel::update(own).set((message_sides::unread.eq(0), message_sides::read_seq.eq(last))).execute(c)
    })?;
    Ok(())
}

pub(super) fn mark_deleted(
    uow: &mut DieselUnitOfWork<'_>,
    user: UserId,
    id: MessageThreadId,
    when: Timestamp,
) -> Result<bool, StoreError> {
    let last = hold(uow, id, 0)?;
    let own = message_sides::table
        .filter(message_sides::thread_id.eq(uid(id)))
        .filter(message_sides::user_id.eq(uid(user)))
        .filter(message_sides::deleted_at.is_null());
    let gone = (
        message_sides::unread.eq(0),
        message_sides::read_seq.eq(last),
        message_sides::cleared_seq.eq(last),
        message_sides::deleted_at.eq(Some(at(when))),
    );
    Ok(run!(uow, |c| diesel::update(own).set(gone).execute(c))? == 1)
}

/// Takes an erased user out of all threads: the other sides keep what was written, under the label, or under "Withdrawn
/// user".
pub(crate) fn leave_threads(uow: &mut DieselUnitOfWork<'_>, user: UserId) -> Result<(), StoreError> {
    let own = || message_sides::table.filter(message_sides::user_id.eq(uid(user)));
    let left = (
        message_sides::user_id.eq(None::<UidValue>),
        message_sides::item_id.eq(None::<UidValue>),
        message_sides::unread.eq(0),
    );
    run!(uow, |c| {
        diesel::update(own().filter(message_sides::deleted_at.is_null()))
            .set(message_sides::deleted_at.eq(message_sides::last_message_at.nullable()))
            .execute(c)?;
        diesel::update(own()).set(left).execute(c)
    })?;
    Ok(())
}

diesel::alias!(message_sides as staying: Staying);

pub(super) fn purge(
    uow: &mut DieselUnitOfWork<'_>,
    before: Timestamp,
    limit: i64,
) -> Result<usize, StoreError> {
    let gone: Vec<MessageThreadId> = run!(uow, |c| {
        let stays =
            staying.filter(staying.field(message_sides::thread_id).eq(message_sides::thread_id)).filter(
                staying
                    .field(message_sides::deleted_at)
                    .is_null()
                    .or(staying.field(message_sides::deleted_at).ge(at(before))),
            );
        // Who is kept apart by a block of the thread is known by its sides.
        let blocked = blocks::table.filter(blocks::thread_id.eq(message_sides::thread_id.nullable()));
        message_sides::table
            .filter(message_sides::deleted_at.lt(at(before)))
            .filter(not(exists(stays)))
            .filter(not(exists(blocked)))
            .select(message_sides::thread_id)
            .order(message_sides::deleted_at)
            .limit(limit)
            .load(c)
    })?;
    // Both sides of a thread that both have deleted.
    let gone: BTreeSet<MessageThreadId> = gone.into_iter().collect();
    if gone.is_empty() {
        return Ok(0);
    }
    let ids: Vec<_> = gone.iter().map(|id| uid(*id)).collect();
    run!(uow, |c| {
        diesel::delete(messages::table.filter(messages::thread_id.eq_any(&ids))).execute(c)?;
        diesel::delete(message_sides::table.filter(message_sides::thread_id.eq_any(&ids))).execute(c)?;
        diesel::delete(message_threads::table.filter(message_threads::id.eq_any(&ids))).execute(c)
    })?;
    Ok(gone.len())
}
