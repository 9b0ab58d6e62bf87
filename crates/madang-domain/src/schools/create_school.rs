//! Adding a school.

use super::SchoolSettings;
use super::acts::{CREATED, act};
use super::rules::{check_domains, is_named_by_another};
use crate::actor::{CallerStateError, Role};
use crate::ctx::Ctx;
use crate::ids::SchoolId;
use crate::store::{StoreError, Topic, UnitOfWork};
use crate::text::FieldError;

/// Why a school is not added.
#[derive(Debug, thiserror::Error)]
pub enum CreateSchoolError {
    /// Not an admin.
    #[error("the caller is no admin")]
    Caller(CallerStateError),
    /// Fields are refused.
    #[error("fields are refused")]
    Fields(Vec<(&'static str, FieldError)>),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Adds a school and answers its id (SCH-1).
pub fn create_school(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    settings: SchoolSettings,
) -> Result<SchoolId, CreateSchoolError> {
    ctx.actor.check_role(Role::Admin).map_err(CreateSchoolError::Caller)?;
    uow.exclusive(Topic::SchoolDomains)?;
    let mut refused = Vec::new();
    if is_named_by_another(uow, &settings.name, None)? {
        refused.push(("name", FieldError::Taken));
    }
    refused.extend(check_domains(uow, &settings.email_domains, None)?);
    if !refused.is_empty() {
        return Err(CreateSchoolError::Fields(refused));
    }
    let id = ctx.fresh();
    uow.schools().add(id, &settings, ctx.now)?;
    uow.audit().add_act(&act(ctx, id, CREATED))?;
    Ok(id)
}
