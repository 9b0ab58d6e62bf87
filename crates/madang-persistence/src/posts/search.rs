//! The search index of posts: pairs of characters, in FTS5 on SQLite and in a `tsvector` on PostgreSQL. Whoever writes a
//! post writes its entry in the same unit.

mod check;
mod look;
#[cfg(feature = "postgres")]
mod tsvector;

#[cfg(feature = "postgres")]
pub(super) use look::on_postgres;
pub(super) use look::{matches, place};

use crate::columns::uid;
use crate::connection::{Conn, attempt, run};
use crate::posts::live;
use crate::schema::{boards, media, post_likes, post_mutes, post_search, posts, scraps, users};
use crate::unit_of_work::DieselUnitOfWork;
use diesel::dsl::auto_type;
use diesel::prelude::*;
use madang_domain::actor::Actor;
use madang_domain::ctx::Timestamp;
use madang_domain::fold::fold;
use madang_domain::ids::{BoardId, PostId, SchoolId};
use madang_domain::posts::{NewPost, PostQuery, PostScope};
use madang_domain::search::{SearchIndexRepository, SearchIndexState, index_words, query_words};
use madang_domain::store::StoreError;

diesel::table! {
    use diesel::sql_types::*;

    post_grams (rowid) {
        rowid -> BigInt,
        grams -> Text,
    }
}
diesel::allow_tables_to_appear_in_same_query!(post_grams, boards);
diesel::allow_tables_to_appear_in_same_query!(post_grams, media);
diesel::allow_tables_to_appear_in_same_query!(post_grams, post_likes);
diesel::allow_tables_to_appear_in_same_query!(post_grams, post_mutes);
diesel::allow_tables_to_appear_in_same_query!(post_grams, post_search);
diesel::allow_tables_to_appear_in_same_query!(post_grams, posts);
diesel::allow_tables_to_appear_in_same_query!(post_grams, scraps);
diesel::allow_tables_to_appear_in_same_query!(post_grams, users);

/// Live posts with their entries, on SQLite.
#[auto_type]
pub(super) fn found_on_sqlite() -> _ {
    live()
        .inner_join(post_search::table.on(post_search::post_id.eq(posts::id)))
        .inner_join(post_grams::table.on(post_grams::rowid.eq(post_search::search_id)))
}

/// Where the search can look in the index; `None` when it cannot.
pub(super) fn words(viewer: &Actor, query: &PostQuery) -> Option<Vec<String>> {
    let mut words = query_words(query.filter.search.as_ref()?.terms());
    if words.is_empty() {
        return None;
    }
    if !viewer.is_admin() {
        words.push(school_mark(viewer.school));
    }
    if query.scope == PostScope::Own {
        return None;
    }
    words.extend(board(query).map(board_mark));
    Some(words)
}

/// The one board to look in.
fn board(query: &PostQuery) -> Option<BoardId> {
    match (query.scope, query.filter.board.as_ref().map(|boards| boards.0.as_slice())) {
        (PostScope::Board(board), _) | (_, Some(&[board])) => Some(board),
        _ => None,
    }
}

/// What of a post the index is made of.
#[derive(Queryable)]
pub(super) struct Indexed {
    pub(super) id: PostId,
    pub(super) school: SchoolId,
    pub(super) board: BoardId,
    pub(super) title_fold: Option<String>,
    pub(super) contents_fold: String,
    pub(super) created_at: Timestamp,
}

/// The columns of [`Indexed`].
macro_rules! indexed {
    () => {
        (
            posts::id,
            posts::school_id,
            posts::board_id,
            posts::title_fold,
            posts::contents_fold,
            posts::created_at,
        )
    };
}
pub(super) use indexed;

/// How many numbers each microsecond has, for posts that were written in the same one.
const PLACES: i64 = 1000;

/// The mark of a board's posts, so that a search within it meets no others.
fn board_mark(board: BoardId) -> String {
    format!("b{}", board.0.simple())
}

/// The mark of a school's posts.
fn school_mark(school: SchoolId) -> String {
    format!("s{}", school.0.simple())
}

impl Indexed {
    pub(super) fn of(post: &NewPost) -> Self {
        Self {
            id: post.id,
            school: post.school_id,
            board: post.board_id,
            title_fold: post.title.as_deref().map(fold),
            contents_fold: fold(&post.contents),
            created_at: post.created_at,
        }
    }

    fn words(&self) -> String {
        let title = self.title_fold.as_deref().unwrap_or_default();
        index_words(&[title, &self.contents_fold], &[school_mark(self.school), board_mark(self.board)])
    }
}

/// The first place of posts that were written at `at`.
pub(super) fn first_place(at: Timestamp) -> i64 {
    at.timestamp_micros().saturating_mul(PLACES)
}

/// Adds the entry of a post that has none.
pub(super) fn add(uow: &mut DieselUnitOfWork<'_>, post: &Indexed) -> Result<(), StoreError> {
    let words = post.words();
    let first = first_place(post.created_at);
    // Where posts of one microsecond meet, the next place is free.
    for place in first..first.saturating_add(PLACES) {
        if insert(uow, place, post.id, &words)? {
            return Ok(());
        }
    }
    Err(StoreError::internal("too many posts of one microsecond for the search index"))
}

fn insert(uow: &mut DieselUnitOfWork<'_>, place: i64, id: PostId, words: &str) -> Result<bool, StoreError> {
    let result = match &mut *uow.conn {
        Conn::Sqlite(c) => attempt(|| {
            let row = (post_search::search_id.eq(place), post_search::post_id.eq(uid(id)));
            let rows = diesel::insert_into(post_search::table)
                .values(row)
                .on_conflict(post_search::search_id)
                .do_nothing()
                .execute(c)?;
            if rows == 1 {
                let row = (post_grams::rowid.eq(place), post_grams::grams.eq(words));
                diesel::insert_into(post_grams::table).values(row).execute(c)?;
            }
            Ok(rows == 1)
        }),
        #[cfg(feature = "postgres")]
        Conn::Pg(c) => tsvector::insert(c, place, id, words),
    };
    uow.judge(result)
}

/// Writes the entry of a post anew.
pub(super) fn save(uow: &mut DieselUnitOfWork<'_>, post: &Indexed) -> Result<(), StoreError> {
    remove(uow, post.id)?;
    add(uow, post)
}

/// Takes the entry of a post away, if it has one.
pub(super) fn remove(uow: &mut DieselUnitOfWork<'_>, id: PostId) -> Result<(), StoreError> {
    let gone: Option<i64> = run!(uow, |c| {
        diesel::delete(post_search::table.filter(post_search::post_id.eq(uid(id))))
            .returning(post_search::search_id)
            .get_result(c)
            .optional()
    })?;
    if let (Some(place), Conn::Sqlite(c)) = (gone, &mut *uow.conn) {
        let removed = diesel::delete(post_grams::table.filter(post_grams::rowid.eq(place))).execute(c);
        uow.judge(removed)?;
    }
    Ok(())
}

impl SearchIndexRepository for DieselUnitOfWork<'_> {
    fn check(&mut self) -> Result<SearchIndexState, StoreError> {
        check::check(self)
    }

    fn clear(&mut self) -> Result<(), StoreError> {
        run!(self, |c| diesel::delete(post_search::table).execute(c))?;
        let cleared = match &mut *self.conn {
            Conn::Sqlite(c) => {
                diesel::sql_query("INSERT INTO post_grams (post_grams) VALUES ('delete-all')").execute(c)
            }
            #[cfg(feature = "postgres")]
            Conn::Pg(_) => Ok(0),
        };
        self.judge(cleared)?;
        Ok(())
    }

    fn fill(&mut self, limit: i64) -> Result<usize, StoreError> {
        let missing: Vec<Indexed> = run!(self, |c| {
            posts::table
                .left_join(post_search::table)
                .filter(posts::deleted_at.is_null())
                .filter(posts::removed_at.is_null())
                .filter(post_search::search_id.nullable().is_null())
                .order((posts::created_at.desc(), posts::id.desc()))
                .limit(limit)
                .select(indexed!())
                .load(c)
        })?;
        for post in &missing {
            add(self, post)?;
        }
        Ok(missing.len())
    }
}
