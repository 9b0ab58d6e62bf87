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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jobs::{LinkSeal, MailingStore};
    use crate::world::{SystemEntropy, World};
    use madang_auth::keys::KeyRing;
    use madang_domain::ctx::Moment;
    use madang_domain::language::Language;
    use madang_domain::outbox::{Letter, LinkSecret, OutboxMessage};
    use madang_mail::{Sender, Transport};
    use madang_persistence::{DieselStore, Options};
    use std::fs;
    use std::path::Path;
    use std::sync::Mutex;
    use tempfile::TempDir;

    struct Hands(Mutex<Timestamp>);

    impl Clock for Hands {
        fn now(&self) -> Timestamp {
            *self.0.lock().unwrap()
        }
    }

    struct Scene {
        home: TempDir,
        clock: Arc<Hands>,
        beneath: Arc<dyn Store>,
        store: Arc<dyn Store>,
    }

    impl Scene {
        fn new() -> Self {
            let home = tempfile::tempdir().unwrap();
            let options = Options::new("sqlite::memory:".parse().unwrap());
            let beneath: Arc<dyn Store> = Arc::new(DieselStore::open(options).unwrap());
            let keys = Arc::new(KeyRing::open(&home.path().join("keys.json"), &SystemEntropy).unwrap());
            let store = Arc::new(MailingStore::new(Arc::clone(&beneath), LinkSeal::new(keys)));
            let clock = Arc::new(Hands(Mutex::new(World::real().clock.now())));
            Self { home, clock, beneath, store }
        }

        fn courier(&self) -> Courier {
            let from = Sender::parse("Madang <no-reply@madang.test>").unwrap();
            let mailer = Mailer::new(from, "http://localhost/docs#", Transport::Directory(self.mails()));
            Courier::new(Arc::clone(&self.store), Arc::clone(&self.clock) as Arc<dyn Clock>, mailer)
        }

        fn mails(&self) -> std::path::PathBuf {
            self.home.path().join("mail")
        }

        fn pass(&self, time: TimeDelta) {
            *self.clock.0.lock().unwrap() += time;
        }

        /// Writes a mail whose link lives for fifteen minutes.
        fn add(&self) {
            let now = self.clock.now();
            let moment = Moment::new(now, Arc::default(), World::real().entropy);
            let letter = Letter::ResetPassword {
                username: "haneul".to_owned(),
                secret: LinkSecret([7; 32]),
                expires_at: now + TimeDelta::minutes(15),
            };
            let message = OutboxMessage::mail(&moment, "haneul@hanbit.test", Language::English, letter);
            let added: Result<(), StoreError> =
                self.store.write_blocking(move |uow| uow.outbox().add(&message));
            added.unwrap();
        }

        fn dead(&self) -> Vec<String> {
            let dead: Result<_, StoreError> = self.store.read_blocking(|uow| uow.outbox().list_dead(9));
            dead.unwrap().into_iter().map(|letter| letter.failure).collect()
        }
    }

    fn count(mails: &Path) -> usize {
        fs::read_dir(mails).map_or(0, Iterator::count)
    }

    #[tokio::test]
    async fn a_mail_that_fails_is_sent_later_and_once() {
        let scene = Scene::new();
        let (courier, stop) = (scene.courier(), Notify::new());
        // A file where the directory should be.
        fs::write(scene.mails(), "").unwrap();
        scene.add();
        courier.deliver(&stop).await;
        fs::remove_file(scene.mails()).unwrap();
        scene.pass(TimeDelta::seconds(4));
        courier.deliver(&stop).await;
        assert_eq!(count(&scene.mails()), 0, "not due yet");
        scene.pass(TimeDelta::seconds(1));
        courier.deliver(&stop).await;
        assert_eq!(count(&scene.mails()), 1);
        fs::remove_dir_all(scene.mails()).unwrap();
        scene.pass(TimeDelta::days(1));
        courier.deliver(&stop).await;
        assert_eq!(count(&scene.mails()), 0, "gone from the outbox");
        assert!(scene.dead().is_empty());
    }

    #[tokio::test]
    async fn a_mail_whose_link_has_ended_is_given_up() {
        let scene = Scene::new();
        scene.add();
        scene.pass(TimeDelta::minutes(15));
        scene.courier().deliver(&Notify::new()).await;
        assert_eq!(count(&scene.mails()), 0);
        assert_eq!(scene.dead(), ["its link has ended"]);
    }

    #[tokio::test]
    async fn a_stolen_outbox_opens_nothing() {
        let scene = Scene::new();
        scene.add();
        let now = scene.clock.now();
        let stored: Result<Vec<Claimed>, StoreError> =
            scene.beneath.write_blocking(move |uow| uow.outbox().claim(now, now, 9));
        let Task::Mail(mail) = &stored.unwrap()[0].message.task;
        assert!(mail.letter.link().unwrap().0.0 != [7; 32]);
        scene.courier().deliver(&Notify::new()).await;
        let entry = fs::read_dir(scene.mails()).unwrap().next().unwrap().unwrap();
        let text = fs::read_to_string(entry.path()).unwrap();
        assert!(text.contains("token=BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc"), "{text}");
    }
}
