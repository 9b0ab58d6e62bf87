//! Deleting a thread on one side.

use super::{ThreadError, ThreadView};
use crate::ctx::Ctx;
use crate::ids::MessageThreadId;
use crate::store::UnitOfWork;

/// Takes a thread out of the caller's sight, with all its messages (MSG-6). `as_seen` tells whether it still is what the
/// caller last saw.
pub fn delete_thread(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    id: MessageThreadId,
    as_seen: &dyn Fn(&ThreadView) -> bool,
) -> Result<(), ThreadError> {
    let thread = uow.messages().find(&ctx.actor, id)?.ok_or(ThreadError::NotFound)?;
    if !as_seen(&thread) {
        return Err(ThreadError::PreconditionFailed);
    }
    match uow.messages().mark_deleted(ctx.actor.user, id, ctx.now)? {
        true => Ok(()),
        false => Err(ThreadError::NotFound),
    }
}
