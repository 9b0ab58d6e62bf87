//! Leaving: at once for everybody else, for good after a while (ACC-18, ACC-19, ACC-20).

use crate::accounts::{LinkPurpose, User};
use crate::actor::Role;
use crate::audit::{AuditAction, AuditEntry};
use crate::ctx::Ctx;
use crate::ids::BoardId;
use crate::sessions::RevokeReason;
use crate::store::{StoreError, Topic, UnitOfWork};

/// Why nobody leaves.
#[derive(Debug, thiserror::Error)]
pub enum WithdrawError {
    /// The user manages boards, which must be given away first.
    #[error("the user manages boards")]
    ManagesBoard {
        /// These boards.
        boards: Vec<BoardId>,
    },
    /// Nobody would be an admin.
    #[error("the last admin stays")]
    LastAdmin,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Withdraws the caller, whose password has been proven: every session is dead, a login answers as for nobody, and what
/// is private is out of everybody's sight. Nothing is erased yet, so that an admin may restore the account whole.
pub fn withdraw(uow: &mut dyn UnitOfWork, ctx: &Ctx) -> Result<(), WithdrawError> {
    if ctx.actor.role == Role::Admin {
        // Before the row is held, so that two of these never wait for each other's row and topic.
        uow.exclusive(Topic::Admins)?;
    }
    let id = ctx.actor.user;
    let found = uow.accounts().find_for_change(id)?;
    let user = found.ok_or_else(|| StoreError::internal("the acting user has no row"))?;
    // Nobody becomes a manager between this look and the end of the unit.
    uow.boards().hold_user(id)?;
    let boards: Vec<BoardId> = uow.boards().list_managed(id)?.into_iter().map(|board| board.id).collect();
    if !boards.is_empty() {
        return Err(WithdrawError::ManagesBoard { boards });
    }
    if user.is_superuser && uow.accounts().count_admins()? <= 1 {
        return Err(WithdrawError::LastAdmin);
    }
    uow.accounts().mark_withdrawn(id, ctx.now, ctx.now + ctx.policy.accounts.withdrawal_purge)?;
    end_credentials(uow, ctx, &user)?;
    if user.enrolment_verified_at.is_some() {
        uow.schools().bump_members(user.school, -1)?;
    }
    Ok(uow.audit().add_event(&AuditEntry::new(ctx, AuditAction::AccountWithdrawn).by(id).about(id))?)
}

/// Ends whatever lets the user in.
fn end_credentials(uow: &mut dyn UnitOfWork, ctx: &Ctx, user: &User) -> Result<(), StoreError> {
    uow.personal_tokens().end_all(user.id, ctx.now)?;
    uow.sessions().end_all(user.id, None, ctx.now, RevokeReason::Withdrawn)?;
    for purpose in LinkPurpose::ALL {
        uow.links().delete(user.id, purpose)?;
    }
    Ok(())
}
