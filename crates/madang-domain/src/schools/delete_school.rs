//! Taking an empty school away.

use super::SchoolWithTerms;
use super::acts::{DELETED, act};
use crate::actor::{CallerStateError, Role};
use crate::ctx::Ctx;
use crate::ids::SchoolId;
use crate::store::{StoreError, Topic, UnitOfWork};

/// Why a school is not deleted.
#[derive(Debug, thiserror::Error)]
pub enum DeleteSchoolError {
    /// Not an admin.
    #[error("the caller is no admin")]
    Caller(CallerStateError),
    /// No such school.
    #[error("no such school")]
    NotFound,
    /// The school is not as the caller saw it.
    #[error("the school has changed")]
    PreconditionFailed,
    /// Users or boards still belong to it.
    #[error("the school is not empty")]
    NotEmpty,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Deletes a school that nobody and nothing belongs to (SCH-2).
pub fn delete_school(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    id: SchoolId,
    as_seen: &dyn Fn(&SchoolWithTerms) -> bool,
) -> Result<(), DeleteSchoolError> {
    ctx.actor.check_role(Role::Admin).map_err(DeleteSchoolError::Caller)?;
    uow.exclusive(Topic::SchoolDomains)?;
    if !uow.schools().hold(id)? {
        return Err(DeleteSchoolError::NotFound);
    }
    let Some(found) = uow.schools().find_with_terms(id)? else { return Err(DeleteSchoolError::NotFound) };
    if !as_seen(&found) {
        return Err(DeleteSchoolError::PreconditionFailed);
    }
    if uow.schools().is_in_use(id)? {
        return Err(DeleteSchoolError::NotEmpty);
    }
    if !uow.schools().mark_deleted(id, ctx.now)? {
        return Err(DeleteSchoolError::NotFound);
    }
    Ok(uow.audit().add_act(&act(ctx, id, DELETED))?)
}
