//! The caller's own account.

use crate::accounts::{AccountState, Member};
use crate::boards::BoardRef;
use crate::ctx::{Ctx, Moment, Timestamp};
use crate::ids::UserId;
use crate::store::{StoreError, UnitOfWork};

/// A user as they see themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Me {
    /// The user and the school.
    pub member: Member,
    /// The live boards that the user manages, by name.
    pub managed_boards: Vec<BoardRef>,
    /// The state by the clock.
    pub state: AccountState,
    /// When a running restriction ends.
    pub restricted_until: Option<Timestamp>,
    /// When the nickname may be changed again; `None` when that is so already (ACC-12).
    pub nickname_changeable_at: Option<Timestamp>,
}

impl Me {
    /// The account of a user of whom the unit knows that they are live.
    pub fn find(uow: &mut dyn UnitOfWork, moment: &Moment, user: UserId) -> Result<Self, StoreError> {
        let member = uow.accounts().find_member(user)?;
        let member = member.ok_or_else(|| StoreError::internal("a live user has no row or no school"))?;
        let managed_boards = uow.boards().list_managed(user)?;
        let user = &member.user;
        Ok(Self {
            state: user.state_at(moment.now),
            restricted_until: user.restriction_at(moment.now).and_then(|restriction| restriction.ends_at),
            nickname_changeable_at: user.nickname_changeable_at(moment.now, &moment.policy.accounts),
            managed_boards,
            member,
        })
    }
}

/// Shows the caller's own account.
pub fn show_me(uow: &mut dyn UnitOfWork, ctx: &Ctx) -> Result<Me, StoreError> {
    Me::find(uow, ctx, ctx.actor.user)
}
