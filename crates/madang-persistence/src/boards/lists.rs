//! Pages of boards: a count and the rows.

use super::favourites::keeps;
use super::row::{BoardRow, StaffViewRow, SummaryRow, staff_columns};
use super::{in_sight, live, with_deleted};
use crate::columns::uid;
use crate::connection::run;
use crate::filters::{filter_one_of, filter_text};
use crate::media::profile_image;
use crate::schema::{boards, media, schools, users};
use crate::unit_of_work::DieselUnitOfWork;
use diesel::dsl::not;
use diesel::prelude::*;
use madang_domain::actor::Actor;
use madang_domain::boards::{
    BoardCategory, BoardKey, BoardQuery, BoardSummary, StaffBoardQuery, StaffBoardView,
};
use madang_domain::paging::{OrderBy, Page};
use madang_domain::store::StoreError;

/// The boxed `$query` in this order.
macro_rules! ordered {
    ($query:expr, $order:expr) => {{
        let mut query = $query;
        for step in $order {
            query = match (step.key, step.descending) {
                (BoardKey::Name, false) => query.then_order_by(boards::name_fold.asc()),
                (BoardKey::Name, true) => query.then_order_by(boards::name_fold.desc()),
                (BoardKey::CreatedAt, false) => query.then_order_by(boards::created_at.asc()),
                (BoardKey::CreatedAt, true) => query.then_order_by(boards::created_at.desc()),
            };
        }
        // The id runs with the last step, so that one index serves both directions.
        match $order.last() {
            Some(OrderBy { descending: true, .. }) => query.then_order_by(boards::id.desc()),
            _ => query.then_order_by(boards::id.asc()),
        }
    }};
}

/// Narrows the boxed `$query` by what both lists filter.
macro_rules! narrow {
    ($query:ident, $filter:expr) => {
        filter_text!($query, &$filter.name, boards::name, boards::name_fold);
        filter_one_of!($query, &$filter.category, boards::category, BoardCategory::as_str);
        filter_one_of!($query, &$filter.school, boards::school_id, uid);
    };
}

pub(super) fn list(
    uow: &mut DieselUnitOfWork<'_>,
    viewer: &Actor,
    query: &BoardQuery,
) -> Result<Page<BoardSummary>, StoreError> {
    let BoardQuery { filter, order, request } = query;
    macro_rules! passing {
        ($columns:expr) => {{
            let mut query = in_sight!(live().select($columns).into_boxed(), viewer);
            narrow!(query, filter);
            if let Some(guest_readable) = filter.guest_readable {
                query = query.filter(boards::guest_readable.eq(guest_readable));
            }
            match filter.is_favourite {
                Some(true) => query.filter(keeps(uid(viewer.user))),
                Some(false) => query.filter(not(keeps(uid(viewer.user)))),
                None => query,
            }
        }};
    }
    let count = run!(uow, |c| passing!(diesel::dsl::count_star()).get_result(c))?;
    let rows: Vec<(SummaryRow, bool)> = run!(uow, |c| {
        ordered!(passing!((SummaryRow::as_select(), keeps(uid(viewer.user)))), order)
            .limit(request.page_size.into())
            .offset(request.offset())
            .load(c)
    })?;
    let items = rows.into_iter().map(|(row, is_favourite)| row.into_summary(is_favourite));
    Ok(Page { count, items: items.collect::<Result<_, _>>()? })
}

pub(super) fn list_for_staff(
    uow: &mut DieselUnitOfWork<'_>,
    viewer: &Actor,
    query: &StaffBoardQuery,
) -> Result<Page<StaffBoardView>, StoreError> {
    let StaffBoardQuery { filter, order, request } = query;
    macro_rules! passing {
        ($columns:expr) => {{
            let boards = with_deleted()
                .left_join(users::table.on(boards::manager_id.eq(users::id.nullable())))
                .select($columns);
            let mut query = in_sight!(boards.into_boxed(), viewer);
            narrow!(query, filter);
            match filter.is_deleted {
                Some(true) => query.filter(boards::deleted_at.is_not_null()),
                Some(false) => query.filter(boards::deleted_at.is_null()),
                None => query,
            }
        }};
    }
    let count = run!(uow, |c| passing!(diesel::dsl::count_star()).get_result(c))?;
    let rows: Vec<StaffViewRow> = run!(uow, |c| {
        ordered!(passing!(staff_columns!()), order)
            .limit(request.page_size.into())
            .offset(request.offset())
            .load(c)
    })?;
    let items = rows.into_iter().map(StaffViewRow::into_view).collect::<Result<_, _>>()?;
    Ok(Page { count, items })
}
