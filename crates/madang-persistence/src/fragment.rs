//! SQL that Diesel has no words for.
//!
//! Diesel's own `sql` has a statement prepared anew each time, because it cannot know that the text has no values in it. Here
//! the text is the code's alone and values are bound, so that the statement stays prepared.

use crate::columns::{Instant, InstantValue, Uid, UidValue};
use diesel::backend::Backend;
use diesel::expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::serialize::ToSql;
use diesel::sql_types::{BigInt, HasSqlType, SingleValue, Text};
use std::marker::PhantomData;

/// An expression of type `T`, text and values in turn.
#[derive(Clone, Debug)]
pub(crate) struct Fragment<T> {
    pieces: Vec<Piece>,
    is_of: PhantomData<T>,
}

/// A part of a [`Fragment`].
#[derive(Clone, Debug)]
pub(crate) enum Piece {
    /// SQL.
    Sql(&'static str),
    /// A bound id.
    Uid(UidValue),
    /// A bound instant.
    Instant(InstantValue),
    /// A bound number.
    BigInt(i64),
    /// A bound text.
    Text(String),
}

impl<T> Fragment<T> {
    /// What `pieces` make together.
    pub(crate) fn new(pieces: impl Into<Vec<Piece>>) -> Self {
        Self { pieces: pieces.into(), is_of: PhantomData }
    }

    /// What `text` says.
    pub(crate) fn sql(text: &'static str) -> Self {
        Self::new([Piece::Sql(text)])
    }
}

impl<T, DB> QueryFragment<DB> for Fragment<T>
where
    DB: Backend + HasSqlType<Uid> + HasSqlType<Instant> + HasSqlType<BigInt> + HasSqlType<Text>,
    UidValue: ToSql<Uid, DB>,
    InstantValue: ToSql<Instant, DB>,
    i64: ToSql<BigInt, DB>,
    String: ToSql<Text, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.pieces.iter().try_for_each(|piece| match piece {
            Piece::Sql(text) => {
                out.push_sql(text);
                Ok(())
            }
            Piece::Uid(value) => out.push_bind_param::<Uid, _>(value),
            Piece::Instant(value) => out.push_bind_param::<Instant, _>(value),
            Piece::BigInt(value) => out.push_bind_param::<BigInt, _>(value),
            Piece::Text(value) => out.push_bind_param::<Text, _>(value),
        })
    }
}

impl<T> QueryId for Fragment<T> {
    type QueryId = ();

    // Its text depends on its pieces.
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<T: SingleValue> Expression for Fragment<T> {
    type SqlType = T;
}

impl<T: SingleValue, QS> AppearsOnTable<QS> for Fragment<T> {}
impl<T: SingleValue, QS> SelectableExpression<QS> for Fragment<T> {}

impl<T> ValidGrouping<()> for Fragment<T> {
    type IsAggregate = is_aggregate::Never;
}
