//! What likes of all targets share.

use crate::actor::Role;
use crate::ctx::{Ctx, Timestamp};
use crate::ids::BoardId;
use crate::permissions::{Denial, Permission};
use crate::store::StoreError;
use chrono::TimeDelta;

/// What a like has led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LikeState {
    /// All likes of the target.
    pub like_count: i64,
}

/// Why a like is not given or taken back.
#[derive(Debug, thiserror::Error)]
pub enum LikeError {
    /// No such target for this caller, or no like to take back.
    #[error("no such target or like")]
    NotFound,
    /// Not this caller's to do, or not with this target.
    #[error("the caller may not do this")]
    Denied(Denial),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What decides whether the viewer may like a target that is in sight.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LikeFacts {
    pub(crate) board: BoardId,
    pub(crate) is_mine: bool,
    pub(crate) hidden: bool,
    pub(crate) liked: bool,
    pub(crate) created_at: Timestamp,
}

/// Whether `ctx.actor` may like the target (LIKE-1).
pub(crate) fn check_like(ctx: &Ctx, target: LikeFacts) -> Permission {
    ctx.actor.check_role(Role::Student)?;
    ctx.actor.check_unrestricted_in(target.board)?;
    let max_age = ctx.policy.likes.max_age;
    let too_old = max_age > TimeDelta::zero() && target.created_at + max_age < ctx.now;
    match target {
        LikeFacts { is_mine: true, .. } => Err(Denial::OwnItem),
        LikeFacts { hidden: true, .. } => Err(Denial::ItemHidden),
        _ if too_old => Err(Denial::TargetTooOld),
        LikeFacts { liked: true, .. } => Err(Denial::AlreadyLiked),
        _ => Ok(()),
    }
}
