//! Secrets of links while they wait in the outbox.

use madang_auth::keys::KeyRing;
use madang_domain::ids::OutboxId;
use madang_domain::outbox::{Letter, LinkSecret, Mail, OutboxMessage, Task};
use std::sync::Arc;

/// Hides the secrets of waiting mails from whoever steals the database: each is combined with bytes that only the keys
/// file gives, different ones for each message. Keys that are exchanged make the few mails that wait worthless.
#[derive(Clone)]
pub(crate) struct LinkSeal(Arc<KeyRing>);

impl LinkSeal {
    pub(crate) fn new(keys: Arc<KeyRing>) -> Self {
        Self(keys)
    }

    /// The message with its secret sealed, or opened if it was sealed: the two are one act.
    pub(super) fn turn(&self, message: &OutboxMessage) -> OutboxMessage {
        let Task::Mail(mail) = &message.task;
        let link = mail.letter.link().map(|(secret, end)| (self.combine(message.id, secret), end));
        let turned = Letter::from_parts(mail.letter.kind(), mail.letter.username().to_owned(), link);
        // The parts are a letter's own, so that they always make one.
        let letter = turned.unwrap_or_else(|| mail.letter.clone());
        OutboxMessage { task: Task::Mail(Mail { letter, ..mail.clone() }), ..message.clone() }
    }

    fn combine(&self, id: OutboxId, secret: &LinkSecret) -> LinkSecret {
        let mut bytes = self.0.current().derived(&format!("outbox {id}"));
        for (byte, secret) in bytes.iter_mut().zip(secret.0) {
            *byte ^= secret;
        }
        LinkSecret(*bytes)
    }
}
