//! Once more the mail that proves an address.

use crate::prove_address::mail_proof;
use chrono::TimeDelta;
use madang_domain::accounts::LinkPurpose;
use madang_domain::ctx::Ctx;
use madang_domain::store::{StoreError, UnitOfWork};

/// Why no mail was written.
#[derive(Debug, thiserror::Error)]
pub enum ResendVerificationError {
    /// The last one was mailed a moment ago (ACC-6).
    #[error("the last mail is too recent")]
    TooSoon {
        /// How long to wait; above zero.
        retry_after: TimeDelta,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Mails a new link to the caller's address; the one before it is dead then. Nothing happens when the address is proven.
pub fn resend_verification(uow: &mut dyn UnitOfWork, ctx: &Ctx) -> Result<(), ResendVerificationError> {
    let found = uow.accounts().find_for_change(ctx.actor.user)?;
    let user = found.ok_or_else(|| StoreError::internal("the acting user has no row"))?;
    if user.email_verified_at.is_some() {
        return Ok(());
    }
    if let Some(last) = uow.links().find_newest(user.id, LinkPurpose::VerifyEmail)? {
        let retry_after = last + ctx.policy.auth.resend - ctx.now;
        if retry_after > TimeDelta::zero() {
            return Err(ResendVerificationError::TooSoon { retry_after });
        }
    }
    Ok(mail_proof(uow, ctx, &user)?)
}
