//! What the lists of posts filter alike. Macros, because a function that takes a boxed query would have to be generic
//! over the backend and over what is joined.

/// Narrows the boxed `$query` over live posts to those that `$viewer` may see in a list (VIS-3).
macro_rules! narrow_to_listed {
    ($query:ident, $viewer:expr) => {
        $query = $query.filter(posts::hidden_reason.is_null());
        $crate::posts::narrow_to_readable!($query, $viewer);
    };
}

/// The same with hidden posts, for what lists one's own: parts (a), (c) and (d) of the predicate.
macro_rules! narrow_to_readable {
    ($query:ident, $viewer:expr) => {
        if !$viewer.is_admin() {
            $query = $query.filter(posts::school_id.eq(uid($viewer.school)));
        }
        if $viewer.role == Role::Guest {
            $query = $query.filter(boards::guest_readable.eq(true));
        }
        $query = $query.filter($crate::blocks::post_is_unblocked(uid($viewer.user)));
    };
}

/// Narrows `$live`, posts or what stands under them, to what `$viewer` sees whole, own hidden posts included (VIS-1): for a
/// condition within a read of something else, which cannot be boxed.
macro_rules! seen_whole {
    ($live:expr, $viewer:expr) => {{
        use diesel::IntoSql;
        use diesel::sql_types::Bool;
        use madang_domain::actor::Role;
        use $crate::schema::{boards, posts};
        let viewer: &madang_domain::actor::Actor = $viewer;
        let reads_all = viewer.is_admin().into_sql::<Bool>();
        let is_member = (viewer.role != Role::Guest).into_sql::<Bool>();
        $live
            .filter(reads_all.or(posts::school_id.eq(uid(viewer.school))))
            .filter(is_member.or(boards::guest_readable.eq(true)))
            .filter($crate::blocks::post_is_unblocked(uid(viewer.user)))
            .filter(
                posts::hidden_reason
                    .is_null()
                    .or(posts::author_id.eq(uid(viewer.user)))
                    .or($crate::anonymity::wrote_post(uid(viewer.user))),
            )
    }};
}

/// Narrows the boxed `$query` to posts that hold every term of `$search`.
macro_rules! narrow_by_search {
    ($query:ident, $search:expr) => {
        for term in $search.iter().flat_map(madang_domain::search::SearchTerms::terms) {
            let term = term.as_str();
            $query = $query.filter(
                $crate::filters::instr(posts::title_fold, term).gt(0).or($crate::filters::instr(
                    posts::contents_fold.nullable(),
                    term,
                )
                .gt(0)),
            );
        }
    };
}

/// Narrows the boxed `$query` to where `$column` lies in one of `$ranges`, which are in order and do not overlap: between
/// the first and the last instant, and in no gap.
macro_rules! narrow_to_ranges {
    ($query:ident, $ranges:expr, $column:expr) => {
        match ($ranges.first(), $ranges.last()) {
            (Some(first), Some(last)) => {
                $query = $query.filter($column.ge(at(first.start))).filter($column.lt(at(last.end)));
                for (before, after) in $ranges.iter().zip($ranges.iter().skip(1)) {
                    if before.end < after.start {
                        $query = $query.filter($column.lt(at(before.end)).or($column.ge(at(after.start))));
                    }
                }
            }
            _ => $query = $query.filter($column.is_null()),
        }
    };
}

pub(super) use narrow_to_ranges;
pub(crate) use {narrow_by_search, narrow_to_listed, narrow_to_readable, seen_whole};
