//! Which threads a side sees, and which are closed to it.
//!
//! A thread is closed to a side exactly when it is out of the other's sight by a block of what that very thread shows: the
//! name, the label, or the thread itself. So no two threads are ever closed together in a way that would tell that the same
//! person is behind both (ANON-5g).

use crate::fragment::Fragment;
use crate::schema::message_sides;
use diesel::sql_types::Bool;

// The other sides of threads.
diesel::alias! {
    pub(crate) const others: Alias<Others> = message_sides as others;
}

/// The threads of `$user`, each with its own side and the other's.
macro_rules! own_threads {
    ($user:expr) => {
        message_sides::table
            .inner_join(message_threads::table)
            .inner_join($crate::messages::others.on(
                $crate::messages::others.field(message_sides::thread_id).eq(message_sides::thread_id).and(
                    $crate::messages::others.field(message_sides::is_opener).ne(message_sides::is_opener),
                ),
            ))
            .filter(message_sides::user_id.eq($user))
    };
}
pub(crate) use own_threads;

/// Whether the side `$one` has blocked what the thread shows it of the side `$other`, or the thread (BLK-2 to BLK-4). Only
/// the opener meets a label; the other side meets nobody but the opener.
macro_rules! has_blocked {
    ($one:literal, $other:literal) => {
        concat!(
            "(message_threads.number IS NULL AND EXISTS (SELECT 1 FROM blocks b WHERE b.blocker_id = ",
            $one,
            ".user_id AND b.user_id = ",
            $other,
            ".user_id) OR message_threads.number IS NOT NULL AND (EXISTS (SELECT 1 FROM blocks b \
             WHERE b.thread_id = message_threads.id AND b.blocker_id = ",
            $one,
            ".user_id) OR ",
            $one,
            ".is_opener AND EXISTS (SELECT 1 FROM blocks b WHERE b.blocker_id = ",
            $one,
            ".user_id AND b.post_id = message_threads.post_id AND b.number = message_threads.number)))"
        )
    };
}

/// Whether the thread is in the sight of the side of the row.
pub(crate) fn is_in_sight() -> Fragment<Bool> {
    Fragment::sql(concat!(
        "(message_sides.deleted_at IS NULL AND NOT ",
        has_blocked!("message_sides", "others"),
        ")"
    ))
}

/// Whether the side of the row has something to read; in the words of the index of just those.
pub(super) fn has_unread() -> Fragment<Bool> {
    Fragment::sql("message_sides.unread > 0")
}

/// Whether it is closed to the side of the row.
pub(super) fn is_closed() -> Fragment<Bool> {
    Fragment::sql(has_blocked!("others", "message_sides"))
}

/// Whether one of the sides has closed it.
pub(super) fn is_closed_either_way() -> Fragment<Bool> {
    Fragment::sql(concat!(
        "(",
        has_blocked!("others", "message_sides"),
        " OR ",
        has_blocked!("message_sides", "others"),
        ")"
    ))
}

/// Whether the comment that the thread is about, if it is about one, is there to be read.
pub(super) fn context_is_live() -> Fragment<Bool> {
    Fragment::sql(
        "(message_threads.comment_id IS NULL OR EXISTS (SELECT 1 FROM comments c \
         WHERE c.id = message_threads.comment_id AND c.deleted_at IS NULL AND c.removed_at IS NULL \
         AND c.hidden_reason IS NULL))",
    )
}
