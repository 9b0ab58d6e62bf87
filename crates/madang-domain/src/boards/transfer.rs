//! Handing a board over to another manager (BRD-6). Nothing changes before the other one accepts.

mod accept_transfer;
mod cancel_transfer;
mod offer_board;
mod repository;

pub use accept_transfer::accept_transfer;
pub use cancel_transfer::cancel_transfer;
pub use offer_board::{OfferBoard, check_offering, offer_board};
pub use repository::{BoardTransfer, TransferRepository};

use crate::permissions::Denial;
use crate::store::StoreError;
use crate::text::FieldError;

/// Why a board is not handed over.
#[derive(Debug, thiserror::Error)]
pub enum TransferError {
    /// No such board or offer for this caller.
    #[error("no such board or offer")]
    NotFound,
    /// Not this caller's to do.
    #[error("the caller may not do this")]
    Denied(Denial),
    /// The other one cannot be offered a board.
    #[error("the other one is refused")]
    Fields(Vec<(&'static str, FieldError)>),
    /// The caller manages as many boards as anybody may (BRD-3).
    #[error("the caller manages enough boards")]
    LimitReached {
        /// How many one may manage.
        limit: i64,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
