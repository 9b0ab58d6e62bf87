//! Comparing the search index with the posts.

use super::{Indexed, indexed};
use crate::connection::{Conn, run};
use crate::schema::{post_search, posts};
use crate::unit_of_work::DieselUnitOfWork;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use madang_domain::search::SearchIndexState;
use madang_domain::store::StoreError;

/// How many posts, the newest, are looked up by their own words.
const LOOKED_UP: i64 = 1000;

/// By how many of its words a post is looked up.
const WORDS: usize = 40;

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

/// Counts the entries that are missing or too many, and looks the newest posts up by their own words.
pub(super) fn check(uow: &mut DieselUnitOfWork<'_>) -> Result<SearchIndexState, StoreError> {
    let missing = run!(uow, |c| {
        posts::table
            .left_join(post_search::table)
            .filter(posts::deleted_at.is_null())
            .filter(posts::removed_at.is_null())
            .filter(post_search::search_id.nullable().is_null())
            .count()
            .get_result(c)
    })?;
    let stale = run!(uow, |c| {
        posts::table
            .inner_join(post_search::table)
            .filter(posts::deleted_at.is_not_null().or(posts::removed_at.is_not_null()))
            .count()
            .get_result(c)
    })?;
    let damaged = is_short(uow)? || is_unfindable(uow)?;
    Ok(SearchIndexState { missing, stale, damaged })
}

/// Whether, on SQLite, the words of an entry are gone, or some are kept of no entry.
fn is_short(uow: &mut DieselUnitOfWork<'_>) -> Result<bool, StoreError> {
    let sql = "SELECT (SELECT count(*) FROM post_search) - (SELECT count(*) FROM post_grams_docsize) AS n";
    let difference = match &mut *uow.conn {
        Conn::Sqlite(c) => diesel::sql_query(sql).get_result::<Number>(c).map(|difference| difference.n),
        #[cfg(feature = "postgres")]
        Conn::Pg(_) => Ok(0),
    };
    uow.judge(difference).map(|difference| difference != 0)
}

/// Whether one of the newest entries lacks words of its post.
fn is_unfindable(uow: &mut DieselUnitOfWork<'_>) -> Result<bool, StoreError> {
    let entries: Vec<(i64, Indexed)> = run!(uow, |c| {
        posts::table
            .inner_join(post_search::table)
            .filter(posts::deleted_at.is_null())
            .filter(posts::removed_at.is_null())
            .order(post_search::search_id.desc())
            .limit(LOOKED_UP)
            .select((post_search::search_id, indexed!()))
            .load(c)
    })?;
    let words =
        |post: &Indexed, between: &str| post.words().split(' ').take(WORDS).collect::<Vec<_>>().join(between);
    let unfindable = match &mut *uow.conn {
        Conn::Sqlite(c) => {
            let rows = entries.iter().map(|(place, post)| (words(post, " "), *place));
            diesel::sql_query(
                "SELECT count(*) AS n FROM json_each(?) AS v WHERE NOT EXISTS \
                 (SELECT 1 FROM post_grams WHERE post_grams MATCH (v.value ->> 0) AND rowid = (v.value ->> 1))",
            )
            .bind::<Text, _>(crate::json_rows::json_rows(rows))
            .get_result::<Number>(c)
        }
        #[cfg(feature = "postgres")]
        Conn::Pg(c) => {
            use diesel::sql_types::Array;
            let words: Vec<String> = entries.iter().map(|(_, post)| words(post, " & ")).collect();
            let places: Vec<i64> = entries.iter().map(|(place, _)| *place).collect();
            diesel::sql_query(
                "SELECT count(*) AS n FROM unnest($1, $2) AS v (place, words) \
                 JOIN post_search AS s ON s.search_id = v.place WHERE NOT s.grams @@ v.words::tsquery",
            )
            .bind::<Array<BigInt>, _>(places)
            .bind::<Array<Text>, _>(words)
            .get_result::<Number>(c)
        }
    };
    uow.judge(unfindable).map(|unfindable| unfindable.n != 0)
}
