//! The one predicate that says who may see an item (VIS-1).
//!
//! Its parts (a) own school, (b) everything live and (d) nobody blocked are conditions of the very SQL statement that
//! finds or lists an item, so that what fails them is never loaded. The parts (c) and (e) have answers of their own on
//! details (VIS-2) and are judged here; lists leave such items out in SQL (VIS-3).

use crate::actor::{Actor, CallerStateError, Role};

/// What (c) and (e) need to know of an item that passed (a), (b) and (d).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ItemFacts {
    /// Whether guests may read the item's board.
    pub guest_readable: bool,
    /// Whether the item, or what contains it, is hidden.
    pub hidden: bool,
    /// Whether the viewer wrote the hidden item.
    pub is_mine: bool,
}

/// How much of a visible item the viewer sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// All of it.
    Whole,
    /// That it is there, hidden, without its text.
    Stub,
}

/// Judges (c) and (e).
///
/// # Errors
/// The proof that a guest still owes where the board is closed to guests.
pub fn sight(viewer: &Actor, item: ItemFacts) -> Result<Sight, CallerStateError> {
    if viewer.role == Role::Guest && !item.guest_readable {
        return Err(viewer.missing_proof());
    }
    match item {
        ItemFacts { hidden: true, is_mine: false, .. } => Ok(Sight::Stub),
        _ => Ok(Sight::Whole),
    }
}
