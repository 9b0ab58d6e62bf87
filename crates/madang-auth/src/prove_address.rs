//! The mail that lets the holder of an address prove it.

use crate::login_keys::LoginKeys;
use chrono::TimeDelta;
use madang_domain::accounts::{AddressHolder, Email, LinkPurpose, OneTimeLink, User};
use madang_domain::ctx::{Moment, Timestamp};
use madang_domain::outbox::{Letter, LinkSecret, OutboxMessage};
use madang_domain::store::{StoreError, UnitOfWork};

/// For how long the mails to one address are counted (`limits.mail_per_hour`).
const MAIL_WINDOW: TimeDelta = TimeDelta::hours(1);

/// Mails a link that proves the address of a new account. When somebody else has proven the address, they are told
/// instead, so that nobody learns of it by the answer, the number of mails or the work done (ACC-4).
pub(crate) fn mail_proof(uow: &mut dyn UnitOfWork, moment: &Moment, user: &User) -> Result<(), StoreError> {
    let holder = uow.accounts().find_holder(&user.email)?;
    // The link is made in either case: it is also what the pause between two mails is counted from.
    let (secret, expires_at) = add_link(uow, moment, user, LinkPurpose::VerifyEmail, &user.email)?;
    let message = match holder {
        Some(AddressHolder::Live(holder)) if holder.id != user.id => {
            let letter = Letter::AddressInUse { username: holder.username.as_str().to_owned() };
            OutboxMessage::mail(moment, holder.email.as_str(), holder.settings.language, letter)
        }
        _ => {
            let username = user.username.as_str().to_owned();
            let letter = Letter::VerifyEmail { username, secret, expires_at };
            OutboxMessage::mail(moment, user.email.as_str(), user.settings.language, letter)
        }
    };
    uow.outbox().add(&message)
}

/// Makes a link to `email`; the user's earlier one for the same purpose is dead from here on.
pub(crate) fn add_link(
    uow: &mut dyn UnitOfWork,
    moment: &Moment,
    user: &User,
    purpose: LinkPurpose,
    email: &Email,
) -> Result<(LinkSecret, Timestamp), StoreError> {
    let policy = &moment.policy.auth;
    let life = match purpose {
        LinkPurpose::VerifyEmail | LinkPurpose::ChangeEmail => policy.verify_link,
        LinkPurpose::ResetPassword | LinkPurpose::Appeal => policy.reset_link,
    };
    let (secret, expires_at) = (LinkSecret::fresh(moment), moment.now + life);
    let (user, epoch) = (user.id, user.epoch);
    let (digest, email, created_at) = (secret.digest(), email.clone(), moment.now);
    uow.links().add(&OneTimeLink { digest, purpose, user, epoch, email, created_at, expires_at })?;
    Ok((secret, expires_at))
}

/// Writes a notice to the user's address, if that is proven: an unproven one may be a stranger's.
pub(crate) fn notify(
    uow: &mut dyn UnitOfWork,
    moment: &Moment,
    user: &User,
    letter: Letter,
) -> Result<(), StoreError> {
    if user.email_verified_at.is_none() {
        return Ok(());
    }
    let message = OutboxMessage::mail(moment, user.email.as_str(), user.settings.language, letter);
    uow.outbox().add(&message)
}

/// Counts one more mail that somebody asked for to be sent to `email`, and says whether it may go. Kept for any address,
/// so that the answer is the same whether anybody has it.
pub(crate) fn may_mail(
    uow: &mut dyn UnitOfWork,
    moment: &Moment,
    keys: &LoginKeys,
    email: &Email,
) -> Result<bool, StoreError> {
    let most = moment.policy.limits.mail_per_hour;
    let key = keys.bucket_of_mails(&email.key());
    let asked = uow.login_buckets().bump_failures(key, moment.now, moment.now - MAIL_WINDOW)?;
    Ok(most == 0 || asked.failures <= most)
}
