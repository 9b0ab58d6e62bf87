//! Whom mails are from.

use lettre::message::Mailbox;

/// The sender of every mail, as `Name <address>` or an address alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender(pub(crate) Mailbox);

/// The text names no mailbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no mailbox")]
pub struct SenderInvalid;

impl Sender {
    /// Reads `Name <address>` or an address.
    ///
    /// # Errors
    /// When it is neither.
    pub fn parse(text: &str) -> Result<Self, SenderInvalid> {
        text.parse().map(Self).map_err(|_| SenderInvalid)
    }
}
