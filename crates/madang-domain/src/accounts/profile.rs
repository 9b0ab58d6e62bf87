//! A user as other members see them (ACC-16).

use crate::accounts::{Member, UserSummary};
use crate::ctx::Ctx;
use crate::ids::UserId;
use crate::messages::Door;
use crate::permissions::{Denial, Permission};
use crate::store::{StoreError, UnitOfWork};

/// A profile: who it is, and what the viewer may do. No counts, no dates, no role, no sanction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// The user.
    pub user: UserSummary,
    /// Write to them.
    pub message: Permission,
    /// Ask for friendship.
    pub request_friend: Permission,
    /// See their timetables.
    pub view_timetables: Permission,
    /// Block them.
    pub block: Permission,
    /// Report them.
    pub report: Permission,
}

/// A member of the viewer's school, or of any for an admin; `None` alike for the unknown, the unproven, the withdrawn and
/// those elsewhere.
pub fn find_profile(uow: &mut dyn UnitOfWork, ctx: &Ctx, id: UserId) -> Result<Option<Profile>, StoreError> {
    let found = uow.accounts().find_member(id)?;
    let seen = found.filter(|Member { user, .. }| {
        user.enrolment_verified_at.is_some() && (ctx.actor.is_admin() || user.school == ctx.actor.school)
    });
    let Some(Member { user, image, .. }) = seen else { return Ok(None) };
    let is_apart = user.id != ctx.actor.user && uow.blocks().exists_between(ctx.actor.user, user.id)?;
    let other = |own| if user.id == ctx.actor.user { Err(own) } else { Ok(()) };
    let unrestricted = ctx.actor.check_unrestricted().map_err(Denial::from);
    let settings = &user.settings;
    // Whoever has blocked whom, and whatever the other's settings: one answer, so that nobody learns of a block (BLK-5).
    let door = Door {
        accepts: settings.accept_messages,
        state: user.state,
        state_until: user.state_until,
        is_apart,
    };
    Ok(Some(Profile {
        message: unrestricted.and(other(Denial::SelfTarget)).and(door.check_open(ctx.now)),
        // There are no friends yet, and only they see timetables.
        request_friend: Err(Denial::NotFound),
        view_timetables: Err(Denial::NotFound),
        block: other(Denial::SelfTarget),
        report: unrestricted.and(other(Denial::OwnItem)),
        user: UserSummary { id: user.id, nickname: user.nickname.as_str().to_owned(), image },
    }))
}
