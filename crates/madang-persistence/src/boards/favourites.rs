//! The boards that users keep at hand.

use super::row::SummaryRow;
use super::{in_sight, live};
use crate::columns::{UidValue, uid};
use crate::connection::run;
use crate::schema::{board_favourites, boards};
use crate::unit_of_work::DieselUnitOfWork;
use diesel::dsl::{auto_type, exists, max};
use diesel::prelude::*;
use madang_domain::actor::Actor;
use madang_domain::boards::BoardSummary;
use madang_domain::ids::{BoardId, UserId};
use madang_domain::paging::{Page, PageRequest};
use madang_domain::store::StoreError;

/// Whether `user` keeps the board of the row at hand.
#[auto_type]
pub(super) fn keeps(user: UidValue) -> _ {
    exists(
        board_favourites::table
            .filter(board_favourites::user_id.eq(user))
            .filter(board_favourites::board_id.eq(boards::id)),
    )
}

/// The favourites of the viewer that are in sight, boxed.
macro_rules! favourites {
    ($viewer:expr, $columns:expr) => {
        in_sight!(
            live()
                .inner_join(board_favourites::table.on(board_favourites::board_id.eq(boards::id)))
                .filter(board_favourites::user_id.eq(uid($viewer.user)))
                .select($columns)
                .into_boxed(),
            $viewer
        )
    };
}

pub(super) fn list(
    uow: &mut DieselUnitOfWork<'_>,
    viewer: &Actor,
    request: PageRequest,
) -> Result<Page<BoardSummary>, StoreError> {
    let count = run!(uow, |c| favourites!(viewer, diesel::dsl::count_star()).get_result(c))?;
    let rows: Vec<SummaryRow> = run!(uow, |c| {
        favourites!(viewer, SummaryRow::as_select())
            .order((board_favourites::position, boards::id))
            .limit(request.page_size.into())
            .offset(request.offset())
            .load(c)
    })?;
    let items = rows.into_iter().map(|row| row.into_summary(true)).collect::<Result<_, _>>()?;
    Ok(Page { count, items })
}

pub(super) fn list_ids(uow: &mut DieselUnitOfWork<'_>, viewer: &Actor) -> Result<Vec<BoardId>, StoreError> {
    run!(uow, |c| { favourites!(viewer, boards::id).order((board_favourites::position, boards::id)).load(c) })
}

pub(super) fn count(uow: &mut DieselUnitOfWork<'_>, user: UserId) -> Result<i64, StoreError> {
    let own = board_favourites::table.filter(board_favourites::user_id.eq(uid(user)));
    run!(uow, |c| own.count().get_result(c))
}

pub(super) fn add(uow: &mut DieselUnitOfWork<'_>, user: UserId, board: BoardId) -> Result<(), StoreError> {
    let own = board_favourites::table.filter(board_favourites::user_id.eq(uid(user)));
    let last: Option<i32> = run!(uow, |c| own.select(max(board_favourites::position)).get_result(c))?;
    let row = FavouriteRow { user_id: uid(user), board_id: uid(board), position: last.map_or(0, |n| n + 1) };
    run!(uow, |c| {
        diesel::insert_into(board_favourites::table).values(&row).on_conflict_do_nothing().execute(c)
    })?;
    Ok(())
}

pub(super) fn remove(uow: &mut DieselUnitOfWork<'_>, user: UserId, board: BoardId) -> Result<(), StoreError> {
    run!(uow, |c| diesel::delete(board_favourites::table.find((uid(user), uid(board)))).execute(c))?;
    Ok(())
}

pub(super) fn save_order(
    uow: &mut DieselUnitOfWork<'_>,
    user: UserId,
    boards: &[BoardId],
) -> Result<(), StoreError> {
    if boards.is_empty() {
        return Ok(());
    }
    let own = board_favourites::table.filter(board_favourites::user_id.eq(uid(user)));
    let named = own.filter(board_favourites::board_id.eq_any(boards.iter().copied().map(uid)));
    run!(uow, |c| diesel::delete(named.clone()).execute(c))?;
    let behind = i32::try_from(boards.len()).unwrap_or(i32::MAX);
    run!(uow, |c| {
        diesel::update(own).set(board_favourites::position.eq(board_favourites::position + behind)).execute(c)
    })?;
    let row = |(position, board): (i32, &BoardId)| FavouriteRow {
        user_id: uid(user),
        board_id: uid(*board),
        position,
    };
    let rows: Vec<_> = (0..).zip(boards).map(row).collect();
    run!(uow, |c| diesel::insert_into(board_favourites::table).values(&rows).execute(c))?;
    Ok(())
}

pub(super) fn purge(uow: &mut DieselUnitOfWork<'_>, user: UserId) -> Result<usize, StoreError> {
    let own = board_favourites::table.filter(board_favourites::user_id.eq(uid(user)));
    run!(uow, |c| diesel::delete(own).execute(c))
}

#[derive(Insertable)]
#[diesel(table_name = board_favourites)]
struct FavouriteRow {
    user_id: UidValue,
    board_id: UidValue,
    position: i32,
}
