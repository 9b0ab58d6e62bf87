//! Which comments a viewer is shown: live ones by nobody blocked, and what is left of others while there are live replies
//! to them by nobody blocked (CMT-3, CMT-4).

use crate::columns::UidValue;
use crate::fragment::Fragment;
use diesel::sql_types::Bool;

/// Whether the reply `$reply` is shown to `$viewer`, as pieces: replies leave no placeholder.
macro_rules! reply_is_shown {
    ($viewer:expr, $reply:literal) => {{
        let is_blocked = $crate::blocks::is_blocked!(comment $viewer, $reply);
        let live = concat!($reply, ".deleted_at IS NULL AND ", $reply, ".removed_at IS NULL AND NOT ");
        std::iter::once($crate::fragment::Piece::Sql(live)).chain(is_blocked)
    }};
}

/// Whether the comment `$comment` is shown to `$viewer`, as pieces. The stored number of live replies is right for whoever
/// has blocked nobody; others need a look at them.
macro_rules! comment_is_shown {
    ($viewer:expr, $comment:literal) => {{
        let mut pieces = vec![$crate::fragment::Piece::Sql("(")];
        pieces.extend($crate::comments::shown::reply_is_shown!($viewer, $comment));
        pieces.extend([
            $crate::fragment::Piece::Sql(concat!(
                " OR ",
                $comment,
                ".reply_count > 0 AND (NOT EXISTS (SELECT 1 FROM blocks b WHERE b.blocker_id = "
            )),
            $crate::fragment::Piece::Uid($viewer),
            $crate::fragment::Piece::Sql(concat!(
                ") OR EXISTS (SELECT 1 FROM comments s WHERE s.parent_id = ",
                $comment,
                ".id AND "
            )),
        ]);
        pieces.extend($crate::comments::shown::reply_is_shown!($viewer, "s"));
        pieces.push($crate::fragment::Piece::Sql(")))"));
        pieces
    }};
}
pub(super) use {comment_is_shown, reply_is_shown};

/// Whether the comment of the row is shown to `viewer`.
pub(super) fn is_shown(viewer: UidValue) -> Fragment<Bool> {
    Fragment::new(comment_is_shown!(viewer, "comments"))
}

/// Whether the row, which is a reply, is shown to `viewer`.
pub(super) fn is_shown_reply(viewer: UidValue) -> Fragment<Bool> {
    Fragment::new(reply_is_shown!(viewer, "comments").collect::<Vec<_>>())
}
