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

/// Narrows the boxed `$query` to posts that became one of the best within what `$within` says: between the first and the last
/// instant of all zones, by which the index is walked, and by the clocks of its own school outside none of the ranges.
macro_rules! narrow_to_best {
    ($query:ident, $within:expr) => {
        let from = $within.iter().filter_map(|within| within.ranges.first()).map(|range| range.start).min();
        let to = $within.iter().filter_map(|within| within.ranges.last()).map(|range| range.end).max();
        match (from, to) {
            (Some(from), Some(to)) => {
                $query = $query.filter(posts::best_at.ge(at(from))).filter(posts::best_at.lt(at(to)));
            }
            _ => $query = $query.filter(posts::best_at.is_null()),
        }
        for BestWithin { zone, ranges } in $within {
            let gaps = ranges.iter().zip(ranges.iter().skip(1));
            let gaps = gaps.filter(|(before, after)| before.end < after.start);
            let Some(zone) = zone else {
                for (before, after) in gaps {
                    let in_no_gap = posts::best_at.lt(at(before.end)).or(posts::best_at.ge(at(after.start)));
                    $query = $query.filter(in_no_gap);
                }
                continue;
            };
            let elsewhere = || {
                let schools = $crate::schools::live().filter(schools::time_zone.eq(zone.name()));
                posts::school_id.ne_all(schools.select(schools::id))
            };
            if let (Some(first), Some(last)) = (ranges.first(), ranges.last()) {
                $query = $query.filter(elsewhere().or(posts::best_at.ge(at(first.start))));
                $query = $query.filter(elsewhere().or(posts::best_at.lt(at(last.end))));
            }
            for (before, after) in gaps {
                let in_no_gap = posts::best_at.lt(at(before.end)).or(posts::best_at.ge(at(after.start)));
                $query = $query.filter(elsewhere().or(in_no_gap));
            }
        }
    };
}

pub(super) use narrow_to_best;
pub(crate) use {narrow_by_search, narrow_to_listed, narrow_to_readable, seen_whole};
