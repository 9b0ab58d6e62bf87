//! Delivers the outbox.

use super::GRACE;
use chrono::TimeDelta;
use madang_domain::ctx::{Clock, Timestamp};
use madang_domain::outbox::{Claimed, Task, next_attempt};
use madang_domain::store::{Store, StoreError};
use madang_mail::{MailError, Mailer};
use std::pin::pin;
use std::sync::Arc;
use tokio::sync::Notify;
use tokio::time::timeout;

/// How many messages are claimed at once.
const BATCH: usize = 16;

/// For how long a claim holds: longer than a batch takes even when the mail server hangs on each mail.
const LEASE: TimeDelta = TimeDelta::minutes(10);

/// Delivers what is due.
pub(super) struct Courier {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    mailer: Mailer,
}

impl Courier {
    pub(super) fn new(store: Arc<dyn Store>, clock: Arc<dyn Clock>, mailer: Mailer) -> Self {
        Self { store, clock, mailer }
    }

    /// Delivers until nothing is due or `stop` rings, which is passed on to whoever listens next.
    pub(super) async fn deliver(&self, stop: &Notify) {
        loop {
            let now = self.clock.now();
            let claimed: Result<Vec<Claimed>, StoreError> =
                self.store.write(move |uow| uow.outbox().claim(now, now + LEASE, BATCH)).await;
            let claimed = match claimed {
                Ok(claimed) if claimed.is_empty() => return,
                Ok(claimed) => claimed,
                Err(error) => {
                    tracing::warn!(error = &error as &dyn std::error::Error, "the outbox could not be read");
                    return;
                }
            };
            for message in claimed {
                let mut one = pin!(self.deliver_one(message));
                tokio::select! {
                    () = &mut one => {}
                    () = stop.notified() => {
                        let _ = timeout(GRACE, one).await;
                        stop.notify_one();
                        return;
                    }
                }
            }
        }
    }

    async fn deliver_one(&self, claimed: Claimed) {
        let Claimed { message, attempts } = claimed;
        let Task::Mail(mail) = &message.task;
        let (id, kind, now) = (message.id, mail.letter.kind(), self.clock.now());
        let end = mail.letter.link().map(|(_, end)| end);
        let sent = match end {
            Some(end) if end <= now => Err(Undelivered::Late),
            _ => self.mailer.send(id, mail, now).await.map_err(Undelivered::Mail),
        };
        let result: Result<(), StoreError> = match sent {
            Ok(()) => {
                metrics::counter!("mails_total", "kind" => kind, "outcome" => "sent").increment(1);
                self.store.write(move |uow| uow.outbox().done(id)).await
            }
            Err(error) => {
                let again = error.next(attempts, self.clock.now(), end);
                let outcome = if again.is_some() { "failed" } else { "given_up" };
                metrics::counter!("mails_total", "kind" => kind, "outcome" => outcome).increment(1);
                let failure = error.to_string();
                tracing::warn!(%id, kind, attempts, failure, outcome, "a mail was not sent");
                let now = self.clock.now();
                self.store
                    .write(move |uow| match again {
                        Some(due_at) => uow.outbox().failed(id, due_at, &failure),
                        None => uow.outbox().bury(id, now, &failure),
                    })
                    .await
            }
        };
        if let Err(error) = result {
            // The lease makes it due again.
            tracing::warn!(%id, error = &error as &dyn std::error::Error, "the outbox could not be written");
        }
    }
}

/// Why a mail did not go out.
#[derive(Debug, thiserror::Error)]
enum Undelivered {
    #[error("its link has ended")]
    Late,
    #[error(transparent)]
    Mail(MailError),
}

impl Undelivered {
    fn next(&self, attempts: u32, now: Timestamp, end: Option<Timestamp>) -> Option<Timestamp> {
        match self {
            Self::Mail(error) if error.is_worth_retrying() => next_attempt(attempts, now, end),
            _ => None,
        }
    }
}
