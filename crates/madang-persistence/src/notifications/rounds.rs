//! The boards' notices of which not everybody has been told yet.

use crate::columns::{at, uid};
use crate::connection::run;
use crate::schema::{board_favourites, notice_rounds};
use crate::unit_of_work::DieselUnitOfWork;
use diesel::prelude::*;
use madang_domain::ctx::Timestamp;
use madang_domain::ids::{BoardId, PostId, UserId};
use madang_domain::notifications::NoticeRound;
use madang_domain::store::StoreError;

/// The `count`th holder of `board` behind `after`, unless there are fewer.
pub(super) fn find_holder(
    uow: &mut DieselUnitOfWork<'_>,
    board: BoardId,
    after: Option<UserId>,
    count: u32,
) -> Result<Option<UserId>, StoreError> {
    // No id is nil.
    let after = after.unwrap_or(UserId(uuid::Uuid::nil()));
    run!(uow, |c| {
        board_favourites::table
            .filter(board_favourites::board_id.eq(uid(board)))
            .filter(board_favourites::user_id.gt(uid(after)))
            .order(board_favourites::user_id)
            .select(board_favourites::user_id)
            .offset(i64::from(count) - 1)
            .first(c)
            .optional()
    })
}

pub(super) fn add(uow: &mut DieselUnitOfWork<'_>, round: &NoticeRound) -> Result<(), StoreError> {
    let Some(after) = round.after else { return Ok(()) };
    let row = (
        notice_rounds::board_id.eq(uid(round.board)),
        notice_rounds::post_id.eq(uid(round.post)),
        notice_rounds::by_id.eq(uid(round.by)),
        notice_rounds::created_at.eq(at(round.at)),
        notice_rounds::after_id.eq(uid(after)),
    );
    run!(uow, |c| {
        diesel::insert_into(notice_rounds::table).values(row).on_conflict_do_nothing().execute(c)
    })?;
    Ok(())
}

pub(super) fn find(uow: &mut DieselUnitOfWork<'_>) -> Result<Option<NoticeRound>, StoreError> {
    let row: Option<(BoardId, PostId, UserId, Timestamp, UserId)> =
        run!(uow, |c| notice_rounds::table.order(notice_rounds::board_id).first(c).optional())?;
    Ok(row.map(|(board, post, by, at, after)| NoticeRound { board, post, by, at, after: Some(after) }))
}

pub(super) fn remove(uow: &mut DieselUnitOfWork<'_>, board: BoardId) -> Result<(), StoreError> {
    run!(uow, |c| diesel::delete(notice_rounds::table.find(uid(board))).execute(c))?;
    Ok(())
}
