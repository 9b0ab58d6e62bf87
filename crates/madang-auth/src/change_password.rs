//! Changing one's password.
//!
//! As with a login the door hashes between two units: [`begin_change_password`] reads what to compare with, the hash pool
//! compares the present password and hashes the new one, [`finish_change_password`] judges.

use crate::login_keys::LoginKeys;
use crate::open_session::active_key_id;
use crate::passwords::Change;
use crate::prove_address::notify;
use crate::refresh_tokens::RefreshTokens;
use crate::throttle::Target;
use chrono::TimeDelta;
use madang_domain::accounts::PasswordHash;
use madang_domain::audit::{AuditAction, AuditEntry};
use madang_domain::ctx::Ctx;
use madang_domain::outbox::Letter;
use madang_domain::sessions::{RevokeReason, Session};
use madang_domain::store::{StoreError, UnitOfWork};
use std::net::IpAddr;

/// What the hash pool is to compare the present password with, and what the new one must not resemble.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangePasswordChallenge {
    /// The stored password.
    pub stored: PasswordHash,
    /// Whether any imported password is left.
    pub imported_left: bool,
    /// Username, nickname, address and school: the context of the password rule (ACC-13).
    pub context: [String; 4],
    identifier: String,
}

/// Whether a change goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangePasswordStart {
    /// It does: judge the new password, then hash.
    Challenge(ChangePasswordChallenge),
    /// Too many failures before it.
    Throttled {
        /// How long to wait; above zero.
        retry_after: TimeDelta,
    },
}

/// A change whose passwords have been compared and hashed.
#[derive(Debug)]
pub struct FinishChangePassword {
    /// What the present password was compared with.
    pub challenge: ChangePasswordChallenge,
    /// What the hash pool found.
    pub change: Change,
    /// The client's address.
    pub address: IpAddr,
}

/// How a change ended. A refusal is an outcome and no error, because the failure it counts must be kept.
#[derive(Clone, Debug)]
pub enum ChangePasswordOutcome {
    /// Changed: the caller's session as it is now, of which new tokens are made.
    Changed(Session),
    /// The present password was wrong; counted as a failed login (AUTH-15).
    ReauthenticationFailed,
    /// Too many failures, some of them while this change was hashed.
    Throttled {
        /// How long to wait; above zero.
        retry_after: TimeDelta,
    },
}

/// Says what to compare the present password with, or that the caller must wait.
pub fn begin_change_password(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    keys: &LoginKeys,
    address: IpAddr,
) -> Result<ChangePasswordStart, StoreError> {
    let member = uow.accounts().find_member(ctx.actor.user)?;
    let stored = uow.accounts().find_password(ctx.actor.user)?;
    let (member, stored) =
        member.zip(stored).ok_or_else(|| StoreError::internal("the acting user has no row"))?;
    let user = member.user;
    let identifier = user.username.key();
    if let Some(retry_after) = target(ctx, &identifier, address).wait(uow, ctx, keys)? {
        return Ok(ChangePasswordStart::Throttled { retry_after });
    }
    let context = [user.username.as_str(), user.nickname.as_str(), user.email.as_str(), &member.school.name];
    let context = context.map(str::to_owned);
    let imported_left = uow.accounts().exists_imported_password()?;
    Ok(ChangePasswordStart::Challenge(ChangePasswordChallenge { stored, imported_left, context, identifier }))
}

/// Puts the new password in place, ends all other sessions and all personal tokens, makes every earlier refresh token of this one useless and
/// tells the owner (AUTH-13).
pub fn finish_change_password(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    keys: &LoginKeys,
    tokens: &RefreshTokens,
    finish: &FinishChangePassword,
) -> Result<ChangePasswordOutcome, StoreError> {
    let FinishChangePassword { challenge, change, address } = finish;
    let target = target(ctx, &challenge.identifier, *address);
    if let Some(retry_after) = target.wait(uow, ctx, keys)? {
        return Ok(ChangePasswordOutcome::Throttled { retry_after });
    }
    let id = ctx.actor.user;
    let found = uow.accounts().find_for_change(id)?;
    let mut user = found.ok_or_else(|| StoreError::internal("the acting user has no row"))?;
    let saved = match change {
        Change::Made(new) => uow.accounts().save_password(id, &challenge.stored, new)?,
        Change::Refused => false,
    };
    if !saved {
        target.fail(uow, ctx, keys)?;
        return Ok(ChangePasswordOutcome::ReauthenticationFailed);
    }
    target.succeed(uow, keys)?;
    user.end_links(ctx.now);
    uow.accounts().save(&user)?;
    let session = renew_session(uow, ctx, tokens)?;
    uow.personal_tokens().end_all(id, ctx.now)?;
    uow.sessions().end_all(id, Some(session.id), ctx.now, RevokeReason::PasswordChanged)?;
    let entry = AuditEntry::new(ctx, AuditAction::PasswordChanged).by(id).about(id);
    uow.audit().add_event(&entry)?;
    let username = user.username.as_str().to_owned();
    notify(uow, ctx, &user, Letter::PasswordChanged { username })?;
    Ok(ChangePasswordOutcome::Changed(session))
}

fn target<'a>(ctx: &Ctx, identifier: &'a str, address: IpAddr) -> Target<'a> {
    Target { identifier, user: Some(ctx.actor.user), address, device: None }
}

/// The caller's session with a new salt and a higher counter.
fn renew_session(uow: &mut dyn UnitOfWork, ctx: &Ctx, tokens: &RefreshTokens) -> Result<Session, StoreError> {
    let found = match ctx.actor.session() {
        Some(id) => uow.sessions().find(id)?,
        None => None,
    };
    let mut session = found.ok_or_else(|| StoreError::internal("a password is changed in a session only"))?;
    session.nonce = ctx.random();
    session.key_id = active_key_id(tokens)?;
    session.counter += 1;
    session.rotated_at = Some(ctx.now);
    session.auth_time = ctx.now;
    session.idle_at = ctx.now + ctx.policy.auth.refresh_idle;
    uow.sessions().renew(&session)?;
    Ok(session)
}
