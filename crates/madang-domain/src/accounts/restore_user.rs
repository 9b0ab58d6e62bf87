//! Taking a withdrawal back, as long as nothing has been erased (ACC-20).

use crate::accounts::{AccountState, AddressHolder, Member, WithdrawnUser};
use crate::audit::{AuditAction, AuditEntry};
use crate::ctx::Ctx;
use crate::ids::UserId;
use crate::sanctions::Subject;
use crate::store::{StoreError, UnitOfWork};

/// Why an account stays withdrawn.
#[derive(Debug, thiserror::Error)]
pub enum RestoreUserError {
    /// There is no such user.
    #[error("no such user")]
    NotFound,
    /// The user has not withdrawn, or too long ago, or somebody else has proven the address or the enrolment since.
    #[error("the account cannot be restored")]
    NotRestorable,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Restores an account whole. The row is open to admins alone, which the caller has judged. Whoever is restored must log
/// in anew.
pub fn restore_user(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    id: UserId,
    reason: &str,
) -> Result<Member, RestoreUserError> {
    let Some(WithdrawnUser { user, enrolment, purge_at }) = uow.accounts().find_withdrawn_for_change(id)?
    else {
        let exists = uow.accounts().find_member_with_withdrawn(id)?.is_some();
        return Err(if exists { RestoreUserError::NotRestorable } else { RestoreUserError::NotFound });
    };
    if purge_at.is_none_or(|end| end <= ctx.now) {
        return Err(RestoreUserError::NotRestorable);
    }
    let held = user.email_verified_at.is_some()
        && matches!(uow.accounts().find_holder(&user.email)?, Some(AddressHolder::Live(_)));
    let proven = match enrolment {
        Some(proof) => uow.accounts().exists_enrolment(proof, id)?,
        None => false,
    };
    if held || proven {
        return Err(RestoreUserError::NotRestorable);
    }
    // Whoever leaves under a restriction comes back under it.
    let restricted = user.state_until.is_some_and(|end| end > ctx.now);
    let state = if restricted { AccountState::Restricted } else { AccountState::Active };
    uow.accounts().restore_withdrawn(id, state, ctx.now)?;
    if !uow.sanctions().list_running(id, ctx.now)?.is_empty() {
        uow.sanctions().enforce(Subject::Named(id), ctx.now)?;
    }
    if user.enrolment_verified_at.is_some() {
        uow.schools().bump_members(user.school, 1)?;
    }
    let entry = AuditEntry::new(ctx, AuditAction::AccountRestored).by(ctx.actor.user).about(id);
    uow.audit().add_event(&entry.reason(reason))?;
    let member = uow.accounts().find_member(id)?;
    Ok(member.ok_or_else(|| StoreError::internal("a restored user has no row or no school"))?)
}
