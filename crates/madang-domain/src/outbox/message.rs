//! One entry of the outbox.

use crate::ctx::{Moment, Timestamp};
use crate::ids::OutboxId;
use crate::language::Language;
use crate::outbox::{Letter, Mail};

/// Something to be done after the commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxMessage {
    /// Its id, ordered by time.
    pub id: OutboxId,
    /// When it was written; it is due from then on.
    pub created_at: Timestamp,
    /// What is to be done.
    pub task: Task,
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Task {
    /// Send a mail.
    Mail(Mail),
}

impl OutboxMessage {
    /// A mail to `to`, due at once.
    pub fn mail(moment: &Moment, to: impl Into<String>, language: Language, letter: Letter) -> Self {
        let mail = Mail { to: to.into(), language, letter };
        Self { id: moment.fresh(), created_at: moment.now, task: Task::Mail(mail) }
    }
}
