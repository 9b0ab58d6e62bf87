//! Field filters of lists, once for both databases.
//!
//! Values are compared literally: `LIKE` has wildcards, and SQLite's ignores the case of ASCII, so containment is
//! `instr`, beginnings and endings are `substr`. PostgreSQL gets `instr` from a migration. The lookups that ignore case
//! read the folded column.
//!
//! These are macros, because a function that takes a boxed query would have to be generic over the backend.

use diesel::sql_types::{Integer, Nullable, Text};

diesel::define_sql_function! {
    /// Where `needle` first stands in `text`, in characters from 1; 0 if nowhere.
    fn instr(text: Nullable<Text>, needle: Text) -> Nullable<Integer>;
}
diesel::define_sql_function! {
    /// Length in characters.
    fn length(text: Nullable<Text>) -> Nullable<Integer>;
}
diesel::define_sql_function! {
    /// `count` characters from character `start`, counted from 1.
    #[sql_name = "substr"]
    fn piece(text: Nullable<Text>, start: Integer, count: Integer) -> Nullable<Text>;
}
diesel::define_sql_function! {
    /// All characters from character `start`, counted from 1.
    #[sql_name = "substr"]
    fn tail(text: Nullable<Text>, start: Nullable<Integer>) -> Nullable<Text>;
}

pub(crate) mod operators {
    //! Arithmetic that Diesel offers on columns only.
    diesel::infix_operator!(Minus, " - ", diesel::sql_types::Integer);
}

/// Narrows the boxed `$query` by each [`TextTest`](madang_domain::filters::TextTest) of `$tests`.
macro_rules! filter_text {
    ($query:ident, $tests:expr, $exact:expr, $folded:expr) => {
        for test in $tests {
            use diesel::prelude::*;
            use madang_domain::filters::TextLookup;
            let value = test.value.as_str();
            $query = match test.lookup {
                TextLookup::Exact => $query.filter($exact.nullable().eq(value)),
                TextLookup::IExact => $query.filter($folded.nullable().eq(value)),
                TextLookup::Contains => $query.filter($crate::filters::instr($exact.nullable(), value).gt(0)),
                TextLookup::IContains => {
                    $query.filter($crate::filters::instr($folded.nullable(), value).gt(0))
                }
                TextLookup::StartsWith => $query.filter($crate::filters::starts_with!($exact, value)),
                TextLookup::IStartsWith => $query.filter($crate::filters::starts_with!($folded, value)),
                TextLookup::EndsWith => $query.filter($crate::filters::ends_with!($exact, value)),
                TextLookup::IEndsWith => $query.filter($crate::filters::ends_with!($folded, value)),
            };
        }
    };
}

/// Whether a text begins with `$value`.
macro_rules! starts_with {
    ($text:expr, $value:ident) => {
        $crate::filters::piece($text.nullable(), 1, $crate::filters::chars($value)).eq($value)
    };
}

/// Whether a text ends with `$value`. The length is compared first, because both databases read a start before the
/// first character in their own way.
macro_rules! ends_with {
    ($text:expr, $value:ident) => {{
        use diesel::IntoSql;
        use diesel::sql_types::{Integer, Nullable};
        let count = $crate::filters::chars($value);
        let start = $crate::filters::operators::Minus::new(
            $crate::filters::length($text.nullable()),
            (count - 1).into_sql::<Nullable<Integer>>(),
        );
        $crate::filters::length($text.nullable())
            .ge(count)
            .and($crate::filters::tail($text.nullable(), start).eq($value))
    }};
}

/// Narrows the boxed `$query` by each [`OrderedTest`](madang_domain::filters::OrderedTest) of `$tests`, whose values
/// `$value` turns into what the column compares with.
macro_rules! filter_ordered {
    ($query:ident, $tests:expr, $column:expr, $value:expr) => {
        for test in $tests {
            use diesel::prelude::*;
            use madang_domain::filters::OrderedTest;
            let value = $value;
            $query = match *test {
                OrderedTest::Exact(a) => $query.filter($column.eq(value(a))),
                OrderedTest::Gt(a) => $query.filter($column.gt(value(a))),
                OrderedTest::Gte(a) => $query.filter($column.ge(value(a))),
                OrderedTest::Lt(a) => $query.filter($column.lt(value(a))),
                OrderedTest::Lte(a) => $query.filter($column.le(value(a))),
                OrderedTest::Range(a, b) => $query.filter($column.between(value(a), value(b))),
            };
        }
    };
}

/// Narrows the boxed `$query` by each [`OneOf`](madang_domain::filters::OneOf) of `$tests`.
macro_rules! filter_one_of {
    ($query:ident, $tests:expr, $column:expr, $value:expr) => {
        for test in $tests.iter() {
            use diesel::prelude::*;
            let value = $value;
            $query = match test.0.as_slice() {
                [one] => $query.filter($column.eq(value(*one))),
                many => $query.filter($column.eq_any(many.iter().map(|one| value(*one)).collect::<Vec<_>>())),
            };
        }
    };
}

pub(crate) use {ends_with, filter_one_of, filter_ordered, filter_text, starts_with};

/// The length of a filter's value, which is short.
pub(crate) fn chars(value: &str) -> i32 {
    i32::try_from(value.chars().count()).unwrap_or(i32::MAX)
}
