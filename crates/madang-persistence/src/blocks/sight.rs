//! Part (d) of the visibility predicate (VIS-1): the one condition by which every read of posts and comments leaves out
//! whom the viewer has blocked.
//!
//! Names are compared with names and labels with labels, so that a block of the one kind changes nothing of the other
//! (ANON-5d). Whoever has blocked nobody pays one look into an index for a whole statement, whatever its rows: the first
//! EXISTS belongs to no row, and both databases ask it once.

use crate::columns::UidValue;
use crate::fragment::{Fragment, Piece};
use diesel::sql_types::Bool;

/// Whether `$viewer` has blocked who wrote the row `$item`, which stands in the thread `$thread` under `$number`, as pieces.
macro_rules! is_blocked {
    ($viewer:expr, $item:literal, $thread:expr, $number:expr) => {
        [
            $crate::fragment::Piece::Sql("(EXISTS (SELECT 1 FROM blocks b WHERE b.blocker_id = "),
            $crate::fragment::Piece::Uid($viewer),
            $crate::fragment::Piece::Sql(") AND (EXISTS (SELECT 1 FROM blocks b WHERE b.blocker_id = "),
            $crate::fragment::Piece::Uid($viewer),
            $crate::fragment::Piece::Sql(concat!(
                " AND b.user_id = ",
                $item,
                ".author_id) OR EXISTS (SELECT 1 FROM blocks b WHERE b.blocker_id = "
            )),
            $crate::fragment::Piece::Uid($viewer),
            $crate::fragment::Piece::Sql(concat!(
                " AND b.post_id = ",
                $thread,
                " AND b.number = ",
                $number,
                ")))"
            )),
        ]
    };
    (post $viewer:expr, $post:literal) => {
        // Only an anonymous post has an author of number 0.
        $crate::blocks::is_blocked!($viewer, $post, concat!($post, ".id"), "0")
    };
    (comment $viewer:expr, $comment:literal) => {
        $crate::blocks::is_blocked!(
            $viewer,
            $comment,
            concat!($comment, ".post_id"),
            concat!($comment, ".number")
        )
    };
}
pub(crate) use is_blocked;

/// Whether `viewer` has not blocked the author of the post of the row.
pub(crate) fn post_is_unblocked(viewer: UidValue) -> Fragment<Bool> {
    let mut pieces = vec![Piece::Sql("NOT ")];
    pieces.extend(is_blocked!(post viewer, "posts"));
    Fragment::new(pieces)
}

/// Whether `viewer` has blocked the author of the comment of the row.
pub(crate) fn comment_is_blocked(viewer: UidValue) -> Fragment<Bool> {
    Fragment::new(is_blocked!(comment viewer, "comments"))
}

/// Whether the named author of the row `$item` has blocked `$viewer`. Whom nobody has blocked pays one look as well.
macro_rules! is_blocked_by {
    ($viewer:expr, $item:literal) => {
        $crate::fragment::Fragment::<diesel::sql_types::Bool>::new([
            $crate::fragment::Piece::Sql("(EXISTS (SELECT 1 FROM blocks b WHERE b.user_id = "),
            $crate::fragment::Piece::Uid($viewer),
            $crate::fragment::Piece::Sql(concat!(
                ") AND EXISTS (SELECT 1 FROM blocks b WHERE b.blocker_id = ",
                $item,
                ".author_id AND b.user_id = "
            )),
            $crate::fragment::Piece::Uid($viewer),
            $crate::fragment::Piece::Sql("))"),
        ])
    };
}
pub(crate) use is_blocked_by;
