//! How mails leave.

use crate::mailer::MailError;
use crate::smtp_url::SmtpUrl;
use lettre::transport::smtp::AsyncSmtpTransport;
use lettre::{AsyncTransport, Message, Tokio1Executor};
use madang_domain::ids::OutboxId;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A way for mails to leave.
#[derive(Debug)]
pub enum Transport {
    /// One `<id>.eml` per mail in this directory, which is made when it is missing.
    Directory(PathBuf),
    /// A mail server.
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
}

impl Transport {
    /// A mail server at `url`; connects at the first mail. Must be called inside a tokio runtime.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn smtp(url: &SmtpUrl) -> Result<Self, MailError> {
        url.connect().map(Self::Smtp).map_err(|_| MailError::Unreachable)
    }

    pub(crate) fn is_directory(&self) -> bool {
        matches!(self, Self::Directory(_))
    }

    pub(crate) async fn send(&self, id: OutboxId, message: Message) -> Result<(), MailError> {
        match self {
            Self::Directory(directory) => {
                let directory = directory.clone();
                let written =
                    tokio::task::spawn_blocking(move || write(&directory, id, &message.formatted())).await;
                Ok(written.map_err(io::Error::other)??)
            }
            Self::Smtp(server) => {
                server.send(message).await.map(drop).map_err(|error| match error.status() {
                    Some(code) => MailError::Refused(code.into()),
                    None if error.is_timeout() => MailError::Timeout,
                    None => MailError::Unreachable,
                })
            }
        }
    }
}

/// Writes beside and renames, so that nobody reads half a mail.
fn write(directory: &Path, id: OutboxId, bytes: &[u8]) -> io::Result<()> {
    make(directory)?;
    let unfinished = directory.join(format!(".{id}.part"));
    let mut file = File::create(&unfinished)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(unfinished, directory.join(format!("{id}.eml")))
}

/// Mails hold links that open accounts: the directory is for its owner alone.
fn make(directory: &Path) -> io::Result<()> {
    if directory.is_dir() {
        return Ok(());
    }
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(directory)
}
