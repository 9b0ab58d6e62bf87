//! The trash.

use crate::columns::{InstantValue, Uid, UidValue, at, uid};
use crate::connection::run;
use crate::keyset::walk;
use crate::leads::is_displaced;
use crate::reports::is_being_judged;
use crate::schema::{boards, comments, posts, trash_items};
use crate::unit_of_work::DieselUnitOfWork;
use diesel::dsl::not;
use diesel::prelude::*;
use diesel::sql_types::Nullable;
use madang_domain::boards::BoardRef;
use madang_domain::ctx::Timestamp;
use madang_domain::filters::OneOf;
use madang_domain::ids::{BoardId, UserId};
use madang_domain::paging::{Feed, FeedRequest, Position};
use madang_domain::store::StoreError;
use madang_domain::trash::{TrashEntry, TrashKind, TrashRepository, TrashView};
use uuid::Uuid;

diesel::define_sql_function! {
    /// The first of both that is there.
    #[sql_name = "coalesce"]
    fn first_of(first: Nullable<Uid>, second: Uid) -> Uid;
}

/// An entry stays out of sight while staff have removed its item (SAN-1).
macro_rules! entries {
    ($owner:expr) => {
        trash_items::table
            .left_join(boards::table)
            .left_join(comments::table.on(comments::id.eq(trash_items::item_id)))
            // The post itself, or the one that the comment stands under.
            .left_join(
                posts::table.on(posts::id.eq(first_of(comments::post_id.nullable(), trash_items::item_id))),
            )
            .filter(trash_items::owner_id.eq(uid($owner)))
            .filter(comments::removed_at.is_null())
            .filter(comments::id.nullable().is_not_null().or(posts::removed_at.is_null()))
            .select((
                trash_items::item_id,
                trash_items::kind,
                trash_items::title,
                trash_items::excerpt,
                trash_items::deleted_at,
                trash_items::board_id,
                (boards::id, boards::name, boards::deleted_at).nullable(),
                (posts::deleted_at, posts::removed_at).nullable(),
                is_displaced!(trash_items::item_id),
            ))
    };
}

#[derive(Queryable)]
struct TrashRow {
    item_id: Uuid,
    kind: String,
    title: Option<String>,
    excerpt: Option<String>,
    deleted_at: Timestamp,
    board_id: Option<BoardId>,
    board: Option<(BoardId, String, Option<Timestamp>)>,
    post: Option<(Option<Timestamp>, Option<Timestamp>)>,
    is_displaced: bool,
}

#[derive(Insertable)]
#[diesel(table_name = trash_items)]
struct NewTrashRow<'a> {
    item_id: UidValue,
    kind: &'static str,
    owner_id: UidValue,
    board_id: Option<UidValue>,
    title: Option<&'a str>,
    excerpt: Option<&'a str>,
    deleted_at: InstantValue,
}

impl TrashRepository for DieselUnitOfWork<'_> {
    fn add(&mut self, entry: &TrashEntry) -> Result<(), StoreError> {
        let row = NewTrashRow {
            item_id: uid(entry.id),
            kind: entry.kind.as_str(),
            owner_id: uid(entry.owner),
            board_id: entry.board_id.map(uid),
            title: entry.title.as_deref(),
            excerpt: entry.excerpt.as_deref(),
            deleted_at: at(entry.deleted_at),
        };
        run!(self, |c| diesel::insert_into(trash_items::table).values(&row).execute(c))?;
        Ok(())
    }

    fn list(
        &mut self,
        owner: UserId,
        kinds: Option<&OneOf<TrashKind>>,
        since: Timestamp,
        request: FeedRequest,
    ) -> Result<Feed<TrashView>, StoreError> {
        let rows: Vec<TrashRow> = run!(self, |c| {
            let mut query = entries!(owner).filter(trash_items::deleted_at.gt(at(since))).into_boxed();
            if let Some(kinds) = kinds {
                query = query.filter(
                    trash_items::kind.eq_any(kinds.0.iter().map(|kind| kind.as_str()).collect::<Vec<_>>()),
                );
            }
            walk!(query, request, trash_items, deleted_at, item_id).load(c)
        })?;
        let items = rows.into_iter().map(TrashRow::into_view).collect::<Result<Vec<_>, _>>()?;
        Ok(Feed::assemble(&request, items, |item| Position { at: item.deleted_at, id: item.id }))
    }

    fn find_locked(&mut self, owner: UserId, id: Uuid) -> Result<Option<TrashView>, StoreError> {
        // A write unit on SQLite is alone anyway.
        #[cfg(feature = "postgres")]
        if let crate::connection::Conn::Pg(c) = &mut *self.conn {
            let locked = trash_items::table
                .find(uid(id))
                .select(trash_items::item_id)
                .for_update()
                .first::<Uuid>(c)
                .optional();
            self.judge(locked)?;
        }
        let row: Option<TrashRow> =
            run!(self, |c| entries!(owner).filter(trash_items::item_id.eq(uid(id))).first(c).optional())?;
        row.map(TrashRow::into_view).transpose()
    }

    fn take_expired(
        &mut self,
        kind: TrashKind,
        before: Timestamp,
        limit: usize,
    ) -> Result<Vec<Uuid>, StoreError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        run!(self, |c| {
            let expired = trash_items::table
                .filter(trash_items::deleted_at.le(at(before)))
                .filter(trash_items::kind.eq(kind.as_str()))
                // What staff have to decide on stays until they have (DEL-7).
                .filter(not(is_being_judged!(trash_items::item_id)))
                .order(trash_items::deleted_at)
                .select(trash_items::item_id)
                .limit(limit);
            let ids = expired.load::<Uuid>(c)?;
            if ids.is_empty() {
                return Ok(ids);
            }
            let rows = trash_items::table.filter(trash_items::item_id.eq_any(ids.into_iter().map(uid)));
            diesel::delete(rows).returning(trash_items::item_id).get_results(c)
        })
    }

    fn remove(&mut self, id: Uuid) -> Result<(), StoreError> {
        run!(self, |c| diesel::delete(trash_items::table.find(uid(id))).execute(c))?;
        Ok(())
    }
}

impl TrashRow {
    fn into_view(self) -> Result<TrashView, StoreError> {
        let kind = TrashKind::from_word(&self.kind)
            .ok_or_else(|| StoreError::internal(format!("unknown kind {:?} in trash_items", self.kind)))?;
        Ok(TrashView {
            kind,
            id: self.item_id,
            title: self.title,
            excerpt: self.excerpt,
            container_live: match &self.board {
                Some((_, _, deleted_at)) => deleted_at.is_none(),
                None => self.board_id.is_none(),
            } && (kind != TrashKind::Comment || matches!(self.post, Some((None, None)))),
            board: self.board.map(|(id, name, _)| BoardRef { id, name }),
            is_displaced: self.is_displaced,
            deleted_at: self.deleted_at,
        })
    }
}
