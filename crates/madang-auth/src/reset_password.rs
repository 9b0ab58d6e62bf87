//! A new password in place of a forgotten one (AUTH-13, AUTH-14).
//!
//! As with a login the door hashes between two units: [`begin_reset_password`] says whether the link is good and what the
//! new password must not resemble, [`reset_password`] uses the link up.

use crate::login_keys::LoginKeys;
use crate::prove_address::notify;
use crate::throttle::Target;
use madang_domain::accounts::{LinkPurpose, OneTimeLink, PasswordHash, User};
use madang_domain::audit::{AuditAction, AuditEntry};
use madang_domain::ctx::Moment;
use madang_domain::outbox::{Letter, LinkSecret};
use madang_domain::sessions::RevokeReason;
use madang_domain::store::{StoreError, UnitOfWork};
use std::net::IpAddr;

/// A reset whose new password has been hashed.
#[derive(Clone, Debug)]
pub struct ResetPassword {
    /// What the link held.
    pub secret: LinkSecret,
    /// The new password.
    pub password: PasswordHash,
    /// The client's address.
    pub address: IpAddr,
}

/// Why no password was replaced.
#[derive(Debug, thiserror::Error)]
pub enum ResetPasswordError {
    /// Unknown, used, expired, superseded, of another purpose, or older than the last change of password, address or
    /// state.
    #[error("the link is not valid")]
    LinkInvalid,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The context of the password rule (ACC-13) for the account of a good link: username, nickname, address and school. Uses
/// nothing up, so that a password that is refused may be followed by a better one.
pub fn begin_reset_password(
    uow: &mut dyn UnitOfWork,
    moment: &Moment,
    secret: &LinkSecret,
) -> Result<[String; 4], ResetPasswordError> {
    let link = find_link(uow, secret)?;
    let member = uow.accounts().find_member(link.user)?;
    let member = member.filter(|member| is_good(&link, &member.user, moment));
    let member = member.ok_or(ResetPasswordError::LinkInvalid)?;
    let user = &member.user;
    let context = [user.username.as_str(), user.nickname.as_str(), user.email.as_str(), &member.school.name];
    Ok(context.map(str::to_owned))
}

/// Uses the link up and puts the new password in place. Everything that was proven by the old one ends: all sessions, all
/// personal tokens, all links mailed before. The owner is told.
pub fn reset_password(
    uow: &mut dyn UnitOfWork,
    moment: &Moment,
    keys: &LoginKeys,
    command: &ResetPassword,
) -> Result<(), ResetPasswordError> {
    let link = find_link(uow, &command.secret)?;
    let held = uow.accounts().find_for_change(link.user)?.filter(|user| is_good(&link, user, moment));
    let mut user = held.ok_or(ResetPasswordError::LinkInvalid)?;
    if !uow.links().mark_used(&link.digest, moment.now)? {
        return Err(ResetPasswordError::LinkInvalid);
    }
    let stored = uow.accounts().find_password(user.id)?;
    let stored = stored.ok_or_else(|| StoreError::internal("a live user has no password"))?;
    if !uow.accounts().save_password(user.id, &stored, &command.password)? {
        return Err(StoreError::internal("the password of a held user has changed").into());
    }
    user.end_links(moment.now);
    uow.accounts().save(&user)?;
    uow.personal_tokens().end_all(user.id, moment.now)?;
    uow.sessions().end_all(user.id, None, moment.now, RevokeReason::PasswordReset)?;
    forgive(uow, keys, &user, command.address)?;
    let entry = AuditEntry::new(moment, AuditAction::PasswordReset).by(user.id).about(user.id);
    uow.audit().add_event(&entry)?;
    let username = user.username.as_str().to_owned();
    Ok(notify(uow, moment, &user, Letter::PasswordChanged { username })?)
}

fn find_link(uow: &mut dyn UnitOfWork, secret: &LinkSecret) -> Result<OneTimeLink, ResetPasswordError> {
    let link = uow.links().find(&secret.digest())?;
    link.filter(|link| link.purpose == LinkPurpose::ResetPassword).ok_or(ResetPasswordError::LinkInvalid)
}

fn is_good(link: &OneTimeLink, user: &User, moment: &Moment) -> bool {
    link.epoch == user.epoch && moment.now < link.expires_at
}

/// Whoever reads the account's mail has proven more than a password: failures of the same network, by either name, no
/// longer make them wait.
fn forgive(
    uow: &mut dyn UnitOfWork,
    keys: &LoginKeys,
    user: &User,
    address: IpAddr,
) -> Result<(), StoreError> {
    for identifier in [user.username.key(), user.email.key()] {
        let own = Target { identifier: &identifier, user: Some(user.id), address, device: None };
        own.succeed(uow, keys)?;
    }
    Ok(())
}
