//! The port of reveals.

use crate::ids::UserId;
use crate::removals::ItemRef;
use crate::store::StoreError;

/// Who wrote an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevealedAuthor {
    /// The user.
    pub id: UserId,
    /// The name for logins.
    pub username: String,
    /// The name for others.
    pub nickname: String,
}

/// The one port that answers who stands behind a label.
pub trait RevealRepository {
    /// Who wrote an item, by name or not, in whatever state item and author are.
    fn find_author(&mut self, item: ItemRef) -> Result<Option<RevealedAuthor>, StoreError>;
}
