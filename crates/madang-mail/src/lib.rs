//! Outgoing mail: the letters of the outbox in the language of their reader, as plain text and HTML, written to a
//! directory or given to a mail server.
//!
//! A [`Mailer`] sends one mail and says whether a failure is worth another try. It keeps no queue: the outbox does, and
//! delivers at least once. The message id and the file name come from the outbox's id, so a repeat is recognisable.

mod compose;
mod mailer;
mod sender;
mod smtp_url;
mod texts;
mod transport;

pub use mailer::{MailError, Mailer};
pub use sender::{Sender, SenderInvalid};
pub use smtp_url::{SmtpUrl, SmtpUrlInvalid};
pub use transport::Transport;
