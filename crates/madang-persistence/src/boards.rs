//! Boards and favourites.

mod favourites;
mod lists;
mod row;
mod transfers;

use crate::blocks::post_is_unblocked;
use crate::columns::{InstantValue, UidValue, at, uid};
use crate::connection::{Conn, run};
use crate::media::profile_image;
use crate::schema::{board_transfers, boards, media, posts, schools, users};
use crate::unit_of_work::DieselUnitOfWork;
use diesel::dsl::{auto_type, exists};
use diesel::prelude::*;
use favourites::keeps;
use madang_domain::actor::Actor;
use madang_domain::boards::{
    Board, BoardChange, BoardQuery, BoardRef, BoardRepository, BoardSummary, BoardView, NewBoard,
    StaffBoardQuery, StaffBoardView, board_name_key,
};
use madang_domain::ctx::Timestamp;
use madang_domain::ids::{BoardId, SchoolId, UserId};
use madang_domain::paging::{Page, PageRequest};
use madang_domain::store::StoreError;
use row::{BoardChangeRow, BoardRow, NewBoardRow, StaffViewRow, ViewRow, staff_columns, view_columns};

/// The boards of live schools, deleted ones included: where the reads of staff start.
#[auto_type]
fn with_deleted() -> _ {
    boards::table.inner_join(schools::table).filter(schools::deleted_at.is_null())
}

/// Where every other read of boards starts: live boards of live schools.
#[auto_type]
pub(crate) fn live() -> _ {
    with_deleted().filter(boards::deleted_at.is_null())
}

/// Narrows the boxed `$query` to boards in the viewer's sight.
macro_rules! in_sight {
    ($query:expr, $viewer:expr) => {{
        let query = $query;
        if $viewer.is_admin() { query } else { query.filter(boards::school_id.eq(uid($viewer.school))) }
    }};
}
use in_sight;

/// The notice's post, while it is one that readers of the board see (BRD-5).
#[auto_type]
fn visible_notice() -> _ {
    boards::notice_post_id
        .eq(posts::id.nullable())
        .and(posts::board_id.eq(boards::id))
        .and(posts::deleted_at.is_null())
        .and(posts::removed_at.is_null())
        .and(posts::hidden_reason.is_null())
}

/// The offer that the manager made, lapsed or not.
#[auto_type]
fn own_offer() -> _ {
    board_transfers::board_id.eq(boards::id).and(boards::manager_id.eq(board_transfers::from_id.nullable()))
}

diesel::alias!(users as receivers: Receivers);

impl BoardRepository for DieselUnitOfWork<'_> {
    fn find(&mut self, id: BoardId) -> Result<Option<Board>, StoreError> {
        let row: Option<BoardRow> = run!(self, |c| {
            live().filter(boards::id.eq(uid(id))).select(BoardRow::as_select()).first(c).optional()
        })?;
        row.map(BoardRow::into_board).transpose()
    }

    fn find_view(&mut self, viewer: &Actor, id: BoardId) -> Result<Option<BoardView>, StoreError> {
        let row: Option<ViewRow> = run!(self, |c| {
            let query = live()
                .left_join(users::table.on(boards::manager_id.eq(users::id.nullable())))
                .left_join(posts::table.on(visible_notice().and(post_is_unblocked(uid(viewer.user)))))
                .left_join(board_transfers::table.on(own_offer()))
                .left_join(
                    receivers.on(receivers
                        .field(users::id)
                        .eq(board_transfers::to_id)
                        .and(receivers.field(users::deleted_at).is_null())),
                )
                .filter(boards::id.eq(uid(id)))
                .select(view_columns!(viewer))
                .into_boxed();
            in_sight!(query, viewer).first(c).optional()
        })?;
        row.map(ViewRow::into_view).transpose()
    }

    fn find_view_locked(&mut self, viewer: &Actor, id: BoardId) -> Result<Option<BoardView>, StoreError> {
        lock(self, id)?;
        self.find_view(viewer, id)
    }

    fn find_for_staff(&mut self, viewer: &Actor, id: BoardId) -> Result<Option<StaffBoardView>, StoreError> {
        let row: Option<StaffViewRow> = run!(self, |c| {
            let query = with_deleted()
                .left_join(users::table.on(boards::manager_id.eq(users::id.nullable())))
                .filter(boards::id.eq(uid(id)))
                .select(staff_columns!())
                .into_boxed();
            in_sight!(query, viewer).first(c).optional()
        })?;
        row.map(StaffViewRow::into_view).transpose()
    }

    fn find_for_staff_locked(
        &mut self,
        viewer: &Actor,
        id: BoardId,
    ) -> Result<Option<StaffBoardView>, StoreError> {
        lock(self, id)?;
        self.find_for_staff(viewer, id)
    }

    fn list(&mut self, viewer: &Actor, query: &BoardQuery) -> Result<Page<BoardSummary>, StoreError> {
        lists::list(self, viewer, query)
    }

    fn list_for_staff(
        &mut self,
        viewer: &Actor,
        query: &StaffBoardQuery,
    ) -> Result<Page<StaffBoardView>, StoreError> {
        lists::list_for_staff(self, viewer, query)
    }

    fn list_managed(&mut self, user: UserId) -> Result<Vec<BoardRef>, StoreError> {
        let rows: Vec<(BoardId, String)> = run!(self, |c| {
            live()
                .filter(boards::manager_id.eq(uid(user)))
                .select((boards::id, boards::name))
                .order((boards::name_fold, boards::id))
                .load(c)
        })?;
        Ok(rows.into_iter().map(|(id, name)| BoardRef { id, name }).collect())
    }

    fn exists_named(
        &mut self,
        school: SchoolId,
        name: &str,
        except: Option<BoardId>,
    ) -> Result<bool, StoreError> {
        let holder: Option<BoardId> = run!(self, |c| {
            boards::table
                .filter(boards::school_id.eq(uid(school)))
                .filter(boards::name_key.eq(board_name_key(name)))
                .filter(boards::deleted_at.is_null())
                .select(boards::id)
                .first(c)
                .optional()
        })?;
        Ok(holder.is_some() && holder != except)
    }

    fn add(&mut self, board: &NewBoard) -> Result<(), StoreError> {
        let row = NewBoardRow::new(board);
        run!(self, |c| diesel::insert_into(boards::table).values(&row).execute(c))?;
        Ok(())
    }

    fn save(&mut self, id: BoardId, change: &BoardChange) -> Result<(), StoreError> {
        let row = BoardChangeRow::new(change);
        let board = boards::table.find(uid(id)).filter(boards::deleted_at.is_null());
        run!(self, |c| diesel::update(board).set(&row).execute(c))?;
        Ok(())
    }

    fn mark_deleted(&mut self, id: BoardId, by: UserId, when: Timestamp) -> Result<bool, StoreError> {
        let board = boards::table.find(uid(id)).filter(boards::deleted_at.is_null());
        let marked = run!(self, |c| {
            diesel::update(board)
                .set((boards::deleted_at.eq(at(when)), boards::deleted_by.eq(uid(by))))
                .execute(c)
        })?;
        Ok(marked == 1)
    }

    fn unmark_deleted(&mut self, id: BoardId) -> Result<(), StoreError> {
        let marks = (boards::deleted_at.eq(None::<InstantValue>), boards::deleted_by.eq(None::<UidValue>));
        run!(self, |c| diesel::update(boards::table.find(uid(id))).set(marks).execute(c))?;
        Ok(())
    }

    fn bump_posts(
        &mut self,
        id: BoardId,
        delta: i64,
        last_post_at: Option<Timestamp>,
    ) -> Result<(), StoreError> {
        let board = boards::table.find(uid(id));
        let posts = boards::post_count.eq(boards::post_count + delta);
        match last_post_at {
            None => run!(self, |c| diesel::update(board).set(posts).execute(c)),
            Some(instant) => {
                let last: InstantValue = at(instant);
                run!(self, |c| {
                    diesel::update(board).set((posts, boards::last_post_at.eq(last))).execute(c)
                })
            }
        }?;
        Ok(())
    }

    fn hold_user(&mut self, user: UserId) -> Result<(), StoreError> {
        match &mut *self.conn {
            // A write unit on SQLite is alone anyway.
            Conn::Sqlite(_) => Ok(()),
            #[cfg(feature = "postgres")]
            Conn::Pg(c) => {
                let row = users::table.find(uid(user)).select(users::id).for_no_key_update();
                let held = row.first::<UserId>(c).optional();
                self.judge(held).map(drop)
            }
        }
    }

    fn list_favourites(
        &mut self,
        viewer: &Actor,
        request: PageRequest,
    ) -> Result<Page<BoardSummary>, StoreError> {
        favourites::list(self, viewer, request)
    }

    fn list_favourite_ids(&mut self, viewer: &Actor) -> Result<Vec<BoardId>, StoreError> {
        favourites::list_ids(self, viewer)
    }

    fn is_favourite(&mut self, user: UserId, board: BoardId) -> Result<bool, StoreError> {
        let kept = boards::table.find(uid(board)).filter(keeps(uid(user)));
        run!(self, |c| diesel::select(exists(kept)).get_result(c))
    }

    fn count_favourites(&mut self, user: UserId) -> Result<i64, StoreError> {
        favourites::count(self, user)
    }

    fn add_favourite(&mut self, user: UserId, board: BoardId) -> Result<(), StoreError> {
        favourites::add(self, user, board)
    }

    fn remove_favourite(&mut self, user: UserId, board: BoardId) -> Result<(), StoreError> {
        favourites::remove(self, user, board)
    }

    fn save_favourite_order(&mut self, user: UserId, boards: &[BoardId]) -> Result<(), StoreError> {
        favourites::save_order(self, user, boards)
    }

    fn purge_favourites(&mut self, user: UserId) -> Result<usize, StoreError> {
        favourites::purge(self, user)
    }
}

/// Waits for other units that hold the board's row.
fn lock(uow: &mut DieselUnitOfWork<'_>, id: BoardId) -> Result<(), StoreError> {
    match &mut *uow.conn {
        // A write unit on SQLite is alone anyway.
        Conn::Sqlite(_) => Ok(()),
        #[cfg(feature = "postgres")]
        Conn::Pg(c) => {
            let row = boards::table.find(uid(id)).select(boards::id).for_no_key_update();
            let held = row.first::<BoardId>(c).optional();
            uow.judge(held).map(drop)
        }
    }
}
