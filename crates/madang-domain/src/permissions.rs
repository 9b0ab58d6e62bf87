//! Why an act on an item is refused: one vocabulary for what `can`/`cannot` foretell and what the act itself answers.

use crate::actor::CallerStateError;
use crate::ctx::Timestamp;

/// Whether an act is open to the caller, and if not, why.
pub type Permission = Result<(), Denial>;

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Denial {
    /// The caller's state forbids the whole row.
    Caller(CallerStateError),
    /// Visible, but not this caller's to do.
    Forbidden,
    /// The act on one's own item makes no sense.
    OwnItem,
    /// Oneself, or one's own item, where somebody else is to be named.
    SelfTarget,
    /// The item, its post or its parent is hidden.
    ItemHidden,
    /// The author has paused comments.
    CommentsLocked,
    /// Older than the like age limit.
    TargetTooOld,
    /// The board switches this act off.
    SwitchedOff,
    /// The caller likes it already.
    AlreadyLiked,
    /// The like helped to make the post hot or one of the best.
    LikeLocked,
    /// An offer of the board is open already.
    RequestPending,
    /// A question that somebody else has commented on.
    QuestionLocked,
    /// A promotion post in its frozen time.
    EditFrozen {
        /// When it thaws.
        available_at: Timestamp,
    },
    /// The item does not exist for this caller.
    NotFound,
    /// The board is not quiet yet.
    BoardActive {
        /// When it will be.
        available_at: Timestamp,
    },
    /// The container is gone, retention is over, or there is nothing to restore.
    NotRestorable,
    /// A reply, which cannot be replied to.
    InvalidParent,
    /// Staff on what is their own.
    ConflictOfInterest,
    /// The case is closed, or the item removed already.
    AlreadyDecided,
    /// The sanction was appealed against before.
    AlreadyAppealed,
    /// The time for an appeal is over, or the sanction was lifted.
    AppealClosed,
    /// The recipient cannot be reached by this caller.
    RecipientUnavailable,
}

impl From<CallerStateError> for Denial {
    fn from(state: CallerStateError) -> Self {
        Self::Caller(state)
    }
}
