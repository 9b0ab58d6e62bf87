//! The mail that lets somebody who forgot the password choose a new one (AUTH-14).

use crate::login_keys::LoginKeys;
use crate::prove_address::{add_link, may_mail};
use madang_domain::accounts::{AddressHolder, Email, LinkPurpose, User};
use madang_domain::ctx::Moment;
use madang_domain::ids::UserId;
use madang_domain::outbox::{Letter, LinkSecret, OutboxMessage};
use madang_domain::store::{Outcome, StoreError, UnitOfWork};

/// Mails a reset link to the account that has proven `email`, if there is one and the address has not been written to too
/// often. The caller learns nothing: the same statements run for an address that nobody has, and what they write is
/// undone.
pub fn forgot_password(
    uow: &mut dyn UnitOfWork,
    moment: &Moment,
    keys: &LoginKeys,
    email: &Email,
) -> Result<(), StoreError> {
    let may_mail = may_mail(uow, moment, keys, email)?;
    let holder = match uow.accounts().find_holder(email)? {
        Some(AddressHolder::Live(holder)) => Some(holder),
        Some(AddressHolder::Withdrawn { .. }) | None => None,
    };
    let id = holder.map_or_else(|| moment.fresh::<UserId>(), |holder| holder.id);
    // Held, so that of two links made at once one is the newer, and so that the address is still the account's.
    let held = uow.accounts().find_for_change(id)?;
    let user = held.filter(|user| user.email_verified_at.is_some() && user.email.key() == email.key());
    let mut result = Ok(());
    uow.part(&mut |uow| {
        result = match &user {
            Some(user) => write(uow, moment, user),
            None => write_to_nobody(uow, moment, id, email),
        };
        if user.is_some() && may_mail { Outcome::Commit } else { Outcome::RollBack }
    })?;
    result
}

fn write(uow: &mut dyn UnitOfWork, moment: &Moment, user: &User) -> Result<(), StoreError> {
    let (secret, expires_at) = add_link(uow, moment, user, LinkPurpose::ResetPassword, &user.email)?;
    let username = user.username.as_str().to_owned();
    let letter = Letter::ResetPassword { username, secret, expires_at };
    uow.outbox().add(&OutboxMessage::mail(moment, user.email.as_str(), user.settings.language, letter))
}

fn write_to_nobody(
    uow: &mut dyn UnitOfWork,
    moment: &Moment,
    nobody: UserId,
    email: &Email,
) -> Result<(), StoreError> {
    uow.links().delete(nobody, LinkPurpose::ResetPassword)?;
    let expires_at = moment.now + moment.policy.auth.reset_link;
    let secret = LinkSecret::fresh(moment);
    let letter = Letter::ResetPassword { username: String::new(), secret, expires_at };
    let language = madang_domain::language::Language::English;
    uow.outbox().add(&OutboxMessage::mail(moment, email.as_str(), language, letter))
}
