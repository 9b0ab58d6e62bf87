//! Reading one sanction as staff.

use super::SeenSanction;
use super::staff_sanction::reach;
use crate::ctx::Ctx;
use crate::ids::SanctionId;
use crate::store::{StoreError, UnitOfWork};

/// A sanction that the caller may see.
pub fn find_sanction(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    id: SanctionId,
) -> Result<Option<SeenSanction>, StoreError> {
    let found = uow.sanctions().find(&ctx.actor, reach(ctx), id)?;
    Ok(found.map(|sanction| sanction.seen(ctx)))
}
