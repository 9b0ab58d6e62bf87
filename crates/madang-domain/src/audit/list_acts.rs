//! The moderation log as members and staff read it (LOG-2).

use super::{ActFilter, ActView, ModerationAct};
use crate::actor::Role;
use crate::ctx::Ctx;
use crate::paging::{Feed, FeedRequest};
use crate::store::{StoreError, UnitOfWork};

/// A stretch of the acts of staff in the caller's school, or in every school for an admin. Members see what was done,
/// where, under which rule and when; who did it, to what and why is for staff, and for managers in their own boards. Of a reveal
/// everybody sees that it happened and when.
pub fn list_acts(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    filter: &ActFilter,
    request: &FeedRequest,
) -> Result<Feed<ActView>, StoreError> {
    let school = (!ctx.actor.is_admin()).then_some(ctx.actor.school);
    let acts = uow.audit().list_acts(school, filter, request)?;
    let is_staff = ctx.actor.role >= Role::Moderator;
    Ok(acts.map(|act| {
        let manages = act.manager == Some(ctx.actor.user);
        match act {
            act if act.act == ModerationAct::REVEALED => act.without_place(),
            act if is_staff || manages => act,
            act => act.without_details(),
        }
    }))
}
