//! Feeds by key: a row comparison, which both databases answer from an index on the two columns.

/// Orders the boxed `$query` by the two columns, bounds it by the request's position and takes one row more than asked
/// for. A macro, because a function that takes a boxed query would have to be generic over the backend.
macro_rules! walk {
    ($query:ident, $request:expr, $table:ident, $at:ident, $id:ident) => {{
        use diesel::dsl::sql;
        use diesel::prelude::*;
        use diesel::sql_types::Bool;
        let request = $request;
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
        let ascending = request.ascending();
        if let Some(bound) = request.bound() {
            let less_or_greater = if ascending { " > (" } else { " < (" };
            $query = $query.filter(
                sql::<Bool>(columns)
                    .sql(less_or_greater)
                    .bind::<$crate::columns::Instant, _>($crate::columns::at(bound.at))
                    .sql(", ")
                    .bind::<$crate::columns::Uid, _>($crate::columns::uid(bound.id))
                    .sql(")"),
            );
        }
        let query = match ascending {
            true => $query.order(($table::$at.asc(), $table::$id.asc())),
            false => $query.order(($table::$at.desc(), $table::$id.desc())),
        };
        query.limit(i64::from(request.limit) + 1)
    }};
}
pub(crate) use walk;
