//! Feeds by key: a row comparison, which both databases answer from an index on the two columns.

/// Bounds the boxed `$query` by the request's position. A macro, because a function that takes a boxed query would have to be
/// generic over the backend.
macro_rules! bound {
    ($query:ident, $request:expr, $table:ident, $at:ident, $id:ident) => {
        if let Some(bound) = $request.bound() {
            use $crate::fragment::{Fragment, Piece};
            let columns = concat!(
                "(",
                stringify!($table),
                ".",
                stringify!($at),
                ", ",
                stringify!($table),
                ".",
                stringify!($id),
                ")"
            );
            $query = $query.filter(Fragment::<diesel::sql_types::Bool>::new([
                Piece::Sql(columns),
                Piece::Sql(if $request.ascending() { " > (" } else { " < (" }),
                Piece::Instant($crate::columns::at(bound.at)),
                Piece::Sql(", "),
                Piece::Uid($crate::columns::uid(bound.id)),
                Piece::Sql(")"),
            ]));
        }
    };
}

/// Orders the boxed `$query` by the two columns, bounds it by the request's position and takes one row more than asked for.
macro_rules! walk {
    ($query:ident, $request:expr, $table:ident, $at:ident, $id:ident) => {{
        use diesel::prelude::*;
        let request = $request;
        $crate::keyset::bound!($query, request, $table, $at, $id);
        let query = match request.ascending() {
            true => $query.order(($table::$at.asc(), $table::$id.asc())),
            false => $query.order(($table::$at.desc(), $table::$id.desc())),
        };
        query.limit(i64::from(request.limit) + 1)
    }};
}
pub(crate) use {bound, walk};
