//! A sanction as staff see it.

use super::{Sanction, Subject};
use crate::accounts::UserSummary;
use crate::actor::Role;
use crate::audit::ModerationAct;
use crate::ctx::{Ctx, Timestamp};
use crate::ids::UserId;
use crate::notifications::Recipient;
use crate::permissions::{Denial, Permission};
use crate::posts::Author;
use crate::removals::{ItemRef, TargetKind};
use crate::reports::CaseReach;

/// A sanction with its place. Whom one through an anonymous item is for is not in it (SAN-5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffSanction {
    /// The sanction.
    pub sanction: Sanction,
    /// Whom it is for, by name or by label.
    pub subject: Subject,
    /// The same as others may know it.
    pub author: Author,
    /// Whether it is openly for the author of a post.
    pub is_post_author: bool,
    /// Whether it is for the caller.
    pub is_mine: bool,
    /// The item that it was given for, if for one.
    pub item: Option<ItemRef>,
    /// Who gave it.
    pub issuer: UserId,
    /// The same as others see it; `None` for somebody who has withdrawn.
    pub issuer_summary: Option<UserSummary>,
}

/// A sanction with what the caller may do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenSanction {
    /// The sanction.
    pub staff: StaffSanction,
    /// Until when an appeal is open.
    pub appeal_until: Timestamp,
    /// Appeal against it.
    pub appeal: Permission,
    /// Lift it.
    pub lift: Permission,
}

impl StaffSanction {
    /// Whether the caller, in whose reach it is, may lift it: who gave it and moderators, while it holds.
    pub(crate) fn check_lift(&self, ctx: &Ctx) -> Permission {
        if self.is_mine {
            return Err(Denial::ConflictOfInterest);
        }
        if ctx.actor.role < Role::Moderator && self.issuer != ctx.actor.user {
            return Err(Denial::Forbidden);
        }
        if self.sanction.is_active_at(ctx.now) { Ok(()) } else { Err(Denial::NotFound) }
    }

    /// Whether the caller, in whose reach it is, may decide an appeal against it (SAN-4).
    pub(crate) fn check_decide(&self, ctx: &Ctx) -> Permission {
        let is_own_work = self.issuer == ctx.actor.user && !ctx.actor.is_admin();
        if self.is_mine || is_own_work { Err(Denial::ConflictOfInterest) } else { Ok(()) }
    }

    /// Whom to tell of what becomes of it.
    pub(crate) fn recipient(&self) -> Option<Recipient> {
        match (self.subject, self.item) {
            (Subject::Named(user), _) => Some(Recipient::User(user)),
            (Subject::Anonymous { .. }, item) => item.map(ItemRef::author),
        }
    }

    /// The sanction with what the caller may do.
    pub(crate) fn seen(self, ctx: &Ctx) -> SeenSanction {
        let appeal = if self.is_mine { self.sanction.check_appeal(ctx) } else { Err(Denial::NotFound) };
        let appeal_until = self.sanction.appeal_until(ctx);
        SeenSanction { appeal_until, appeal, lift: self.check_lift(ctx), staff: self }
    }
}

/// Whose sanctions the caller sees: as with cases.
pub(super) fn reach(ctx: &Ctx) -> CaseReach {
    CaseReach::of(&ctx.actor)
}

/// The caller's act upon a sanction, as the log has it: upon the item that it was given for, or else upon the member.
pub(crate) fn act(
    ctx: &Ctx,
    act: &'static str,
    about: &StaffSanction,
    reason: Option<&str>,
) -> ModerationAct {
    let (kind, target) = match (about.item, about.subject) {
        (Some(item), _) => (item.kind(), item.id()),
        (None, Subject::Named(user)) => (TargetKind::User, user.into()),
        (None, Subject::Anonymous { post, .. }) => (TargetKind::Post, post.into()),
    };
    ModerationAct {
        id: ctx.fresh(),
        at: ctx.now,
        school: about.sanction.school,
        board: about.sanction.board.as_ref().map(|board| board.id),
        actor: ctx.actor.user,
        act,
        target_type: kind.as_str(),
        target,
        rule: Some(about.sanction.rule.as_str().to_owned()),
        reason: reason.map(str::to_owned),
    }
}
