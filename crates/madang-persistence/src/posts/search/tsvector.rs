//! Entries as PostgreSQL keeps them, with their words in a column.

use crate::columns::uid;
use crate::fragment::{Fragment, Piece};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use madang_domain::ids::PostId;

/// `tsvector`.
#[derive(Clone, Copy, Debug, diesel::sql_types::SqlType)]
#[diesel(postgres_type(name = "tsvector"))]
pub struct TsVector;

diesel::table! {
    use super::TsVector;
    use crate::columns::Uid;
    use diesel::sql_types::BigInt;

    #[sql_name = "post_search"]
    entries (search_id) {
        search_id -> BigInt,
        post_id -> Uid,
        grams -> TsVector,
    }
}

/// Adds an entry; whether its place was free.
pub(super) fn insert(c: &mut PgConnection, place: i64, id: PostId, words: &str) -> QueryResult<bool> {
    let grams = Fragment::<TsVector>::new([
        Piece::Sql("array_to_tsvector(string_to_array("),
        Piece::Text(words.to_owned()),
        Piece::Sql(", ' '))"),
    ]);
    let row = (entries::search_id.eq(place), entries::post_id.eq(uid(id)), entries::grams.eq(grams));
    let new = diesel::insert_into(entries::table).values(row).on_conflict(entries::search_id).do_nothing();
    Ok(new.execute(c)? == 1)
}
