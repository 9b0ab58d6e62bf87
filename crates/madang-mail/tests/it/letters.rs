//! What the tests send.

use chrono::{DateTime, TimeDelta};
use madang_domain::ctx::Timestamp;
use madang_domain::ids::OutboxId;
use madang_domain::language::Language;
use madang_domain::outbox::{Letter, LinkSecret, Mail};

pub(crate) const ID: OutboxId = OutboxId(uuid::Uuid::from_u128(7));
/// The secret of every link here, as a mail writes it.
pub(crate) const TOKEN: &str = "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc";

pub(crate) fn now() -> Timestamp {
    DateTime::from_timestamp_micros(1_800_000_000_000_000).unwrap()
}

pub(crate) fn verification(to: &str, username: &str, language: Language) -> Mail {
    let letter = Letter::VerifyEmail {
        username: username.to_owned(),
        secret: LinkSecret([7; 32]),
        expires_at: now() + TimeDelta::seconds(14 * 60 + 30),
    };
    Mail { to: to.to_owned(), language, letter }
}

/// Every letter there is.
pub(crate) fn all() -> Vec<Letter> {
    let username = || "haneul".to_owned();
    let (secret, expires_at) = (LinkSecret([7; 32]), now() + TimeDelta::minutes(15));
    vec![
        Letter::VerifyEmail { username: username(), secret: secret.clone(), expires_at },
        Letter::ConfirmEmailChange { username: username(), secret: secret.clone(), expires_at },
        Letter::ResetPassword { username: username(), secret, expires_at },
        Letter::AddressInUse { username: username() },
        Letter::EmailChangeRequested { username: username() },
        Letter::PasswordChanged { username: username() },
        Letter::SessionReplayed { username: username() },
    ]
}
