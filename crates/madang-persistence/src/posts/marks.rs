//! What spaces posts out: single rows that the database changes only when the rule allows it. An update that finds its
//! row changed by a parallel unit judges it anew, and an insert waits for a parallel one: so parallel posts of one
//! person cannot pass together.

use crate::anonymity::is_latest_post;
use crate::columns::{at, uid};
use crate::connection::run;
use crate::schema::{posting_digests, posting_marks};
use crate::unit_of_work::DieselUnitOfWork;
use chrono::TimeDelta;
use diesel::prelude::*;
use madang_domain::ctx::Timestamp;
use madang_domain::ids::{PostId, SchoolId, UserId};
use madang_domain::posts::PostingScope;
use madang_domain::store::StoreError;

pub(super) fn record_posting(
    uow: &mut DieselUnitOfWork<'_>,
    user: UserId,
    scope: PostingScope,
    now: Timestamp,
    interval: TimeDelta,
) -> Result<Option<Timestamp>, StoreError> {
    let scope = match scope {
        PostingScope::Board(id) => uid(id),
        PostingScope::Promotion(id) => uid(id),
    };
    let moved_on = run!(uow, |c| {
        diesel::update(posting_marks::table.find((uid(user), scope)))
            .filter(posting_marks::posted_at.le(at(now - interval)))
            .set(posting_marks::posted_at.eq(at(now)))
            .execute(c)
    })?;
    if moved_on == 1 {
        return Ok(None);
    }
    let row = (
        posting_marks::user_id.eq(uid(user)),
        posting_marks::scope_id.eq(scope),
        posting_marks::posted_at.eq(at(now)),
    );
    let first = run!(uow, |c| diesel::insert_into(posting_marks::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    if first == 1 {
        return Ok(None);
    }
    let posted_at: Timestamp = run!(uow, |c| posting_marks::table
        .find((uid(user), scope))
        .select(posting_marks::posted_at)
        .first(c))?;
    Ok(Some(posted_at + interval))
}

pub(super) fn record_text(
    uow: &mut DieselUnitOfWork<'_>,
    user: UserId,
    school: SchoolId,
    digest: [u8; 32],
) -> Result<bool, StoreError> {
    let replaced = run!(uow, |c| {
        diesel::update(posting_digests::table.find((uid(user), uid(school))))
            .filter(posting_digests::digest.ne(digest.as_slice()))
            .set(posting_digests::digest.eq(digest.as_slice()))
            .execute(c)
    })?;
    if replaced == 1 {
        return Ok(true);
    }
    let row = (
        posting_digests::user_id.eq(uid(user)),
        posting_digests::school_id.eq(uid(school)),
        posting_digests::digest.eq(digest.as_slice()),
    );
    let first = run!(uow, |c| diesel::insert_into(posting_digests::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    Ok(first == 1)
}

/// The digest of a later text that is gone again is told apart by its being another one.
pub(super) fn replace_text(
    uow: &mut DieselUnitOfWork<'_>,
    user: UserId,
    post: PostId,
    before: [u8; 32],
    after: [u8; 32],
) -> Result<(), StoreError> {
    run!(uow, |c| {
        diesel::update(posting_digests::table)
            .filter(posting_digests::user_id.eq(uid(user)))
            .filter(posting_digests::digest.eq(before.as_slice()))
            .filter(is_latest_post(user, post))
            .set(posting_digests::digest.eq(after.as_slice()))
            .execute(c)
    })?;
    Ok(())
}
