//! Reading one lead.

use super::Lead;
use crate::ctx::Ctx;
use crate::ids::LeadId;
use crate::store::{StoreError, UnitOfWork};

/// The caller's own live lead; `None` for a foreign id too (LEAD-1).
pub fn find_lead(uow: &mut dyn UnitOfWork, ctx: &Ctx, id: LeadId) -> Result<Option<Lead>, StoreError> {
    uow.leads().find(ctx.actor.user, id)
}
