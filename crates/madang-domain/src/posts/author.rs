//! Who wrote an item, as far as others may know.

use crate::accounts::UserSummary;

/// The author as shown. An anonymous one holds nothing that is stable across threads (ANON-3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Author {
    /// A member by name.
    Named(UserSummary),
    /// Anonymous; `number` counts the anonymous writers of the thread, `None` is the thread's own author (ANON-1).
    Anonymous {
        /// 1, 2, 3… by first anonymous comment.
        number: Option<u32>,
    },
    /// Who opened an anonymous message thread, whom nothing tells from anybody else (MSG-2).
    Opener,
    /// A named member who has withdrawn (ACC-19).
    Withdrawn,
}
