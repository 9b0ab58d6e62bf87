//! The port of offers.

use crate::accounts::UserSummary;
use crate::ctx::Timestamp;
use crate::ids::{BoardId, UserId};
use crate::store::StoreError;

/// An offer of a board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardTransfer {
    /// Who offers, the manager at that time.
    pub from: UserSummary,
    /// To whom.
    pub to: UserSummary,
    /// Since when.
    pub created_at: Timestamp,
    /// Until when.
    pub expires_at: Timestamp,
}

/// Offers, at most one a board. They are read with their boards.
pub trait TransferRepository {
    /// Keeps an offer in place of an earlier one.
    fn save(
        &mut self,
        board: BoardId,
        from: UserId,
        to: UserId,
        created_at: Timestamp,
        expires_at: Timestamp,
    ) -> Result<(), StoreError>;

    /// Takes the offer of a board away.
    fn remove(&mut self, board: BoardId) -> Result<(), StoreError>;
}
