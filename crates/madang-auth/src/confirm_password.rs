//! The password once more, where an act asks for it (AUTH-15).
//!
//! [`begin_confirm_password`] says what to compare with, the hash pool compares, always once, and
//! [`finish_confirm_password`] judges in a unit of its own. The act itself follows in another: were the password changed in
//! between, the caller's session would have ended with it.

use crate::login_keys::LoginKeys;
use crate::passwords::Verdict;
use crate::throttle::Target;
use chrono::TimeDelta;
use madang_domain::accounts::PasswordHash;
use madang_domain::ctx::Ctx;
use madang_domain::store::{StoreError, UnitOfWork};
use std::net::IpAddr;

/// What the hash pool is to compare the password with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfirmChallenge {
    /// The stored password.
    pub stored: PasswordHash,
    /// Whether any imported password is left.
    pub imported_left: bool,
    identifier: String,
}

/// Whether the password is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConfirmStart {
    /// It is: compare.
    Challenge(ConfirmChallenge),
    /// Too many failures before it.
    Throttled {
        /// How long to wait; above zero.
        retry_after: TimeDelta,
    },
}

/// What came of it. A refusal is an outcome and no error, because the failure it counts must be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirmation {
    /// The password was right.
    Confirmed,
    /// It was wrong; counted as a failed login.
    Failed,
    /// Too many failures, some of them while this one was hashed.
    Throttled {
        /// How long to wait; above zero.
        retry_after: TimeDelta,
    },
}

/// Says what to compare the caller's password with, or that the caller must wait.
pub fn begin_confirm_password(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    keys: &LoginKeys,
    address: IpAddr,
) -> Result<ConfirmStart, StoreError> {
    let user = uow.accounts().find(ctx.actor.user)?;
    let stored = uow.accounts().find_password(ctx.actor.user)?;
    let (user, stored) =
        user.zip(stored).ok_or_else(|| StoreError::internal("the acting user has no row"))?;
    let identifier = user.username.key();
    if let Some(retry_after) = target(ctx, &identifier, address).wait(uow, ctx, keys)? {
        return Ok(ConfirmStart::Throttled { retry_after });
    }
    let imported_left = uow.accounts().exists_imported_password()?;
    Ok(ConfirmStart::Challenge(ConfirmChallenge { stored, imported_left, identifier }))
}

/// Judges what the hash pool found: counts a failure, or empties the bucket of failures. An outdated form of the password
/// is replaced.
pub fn finish_confirm_password(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    keys: &LoginKeys,
    challenge: &ConfirmChallenge,
    verdict: &Verdict,
    address: IpAddr,
) -> Result<Confirmation, StoreError> {
    let target = target(ctx, &challenge.identifier, address);
    if let Some(retry_after) = target.wait(uow, ctx, keys)? {
        return Ok(Confirmation::Throttled { retry_after });
    }
    let Verdict::Right { replacement } = verdict else {
        target.fail(uow, ctx, keys)?;
        return Ok(Confirmation::Failed);
    };
    target.succeed(uow, keys)?;
    if let Some(replacement) = replacement {
        // Not saved when it was changed meanwhile: then the change is newer.
        uow.accounts().save_password(ctx.actor.user, &challenge.stored, replacement)?;
    }
    Ok(Confirmation::Confirmed)
}

fn target<'a>(ctx: &Ctx, identifier: &'a str, address: IpAddr) -> Target<'a> {
    Target { identifier, user: Some(ctx.actor.user), address, device: None }
}
