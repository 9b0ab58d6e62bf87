//! Sends one mail.

use crate::compose::{message, words};
use crate::sender::Sender;
use crate::transport::Transport;
use madang_domain::ctx::Timestamp;
use madang_domain::ids::OutboxId;
use madang_domain::outbox::Mail;

/// Why a mail was not sent. The texts name neither address nor link: they are kept and logged.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The address cannot be written on a mail; another try will not help.
    #[error("the address is malformed")]
    Address,
    /// The mail could not be put together; a fault of ours.
    #[error("the mail could not be written")]
    Unwritten,
    /// The directory of mails could not be written to.
    #[error("the mail directory: {0}")]
    Directory(#[from] std::io::Error),
    /// The mail server refused with this status.
    #[error("the mail server answered {0}")]
    Refused(u16),
    /// The mail server took too long.
    #[error("the mail server took too long")]
    Timeout,
    /// The mail server could not be spoken to.
    #[error("the mail server could not be reached")]
    Unreachable,
}

impl MailError {
    /// Whether another try may succeed.
    pub fn is_worth_retrying(&self) -> bool {
        !matches!(self, Self::Address | Self::Unwritten)
    }
}

/// Sends mails by one transport.
#[derive(Debug)]
pub struct Mailer {
    from: Sender,
    link_base: String,
    transport: Transport,
}

impl Mailer {
    /// A mailer whose links begin with `link_base`.
    pub fn new(from: Sender, link_base: impl Into<String>, transport: Transport) -> Self {
        Self { from, link_base: link_base.into(), transport }
    }

    /// Sends `mail` as it reads at `now`. Sending the same `id` again is harmless: the file is replaced, and a mail
    /// server sees the same message id. Needs a tokio runtime.
    ///
    /// # Errors
    /// See [`MailError`].
    pub async fn send(&self, id: OutboxId, mail: &Mail, now: Timestamp) -> Result<(), MailError> {
        let words = words(mail, &self.link_base, now)?;
        let message = message(id, mail, words, &self.from, now, self.transport.is_directory())?;
        self.transport.send(id, message).await
    }
}
