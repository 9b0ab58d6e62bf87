//! The boards that a user keeps at hand (BRD-8).

use crate::actor::Role;
use crate::ctx::Ctx;
use crate::ids::BoardId;
use crate::permissions::Denial;
use crate::store::{StoreError, UnitOfWork};

/// Why favourites stay as they are.
#[derive(Debug, thiserror::Error)]
pub enum FavouriteError {
    /// No such board for this caller.
    #[error("no such board")]
    NotFound,
    /// The caller keeps no favourites.
    #[error("the caller may not keep favourites")]
    Denied(Denial),
    /// The caller has as many as anybody may.
    #[error("enough favourites")]
    LimitReached {
        /// How many one may have.
        limit: i64,
    },
    /// The new order does not name exactly the present favourites.
    #[error("not the present favourites")]
    Mismatch,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Puts a board at the end of the caller's favourites; nothing happens when it is one already.
pub fn add_favourite(uow: &mut dyn UnitOfWork, ctx: &Ctx, id: BoardId) -> Result<(), FavouriteError> {
    check_board(uow, ctx, id)?;
    let (user, limit) = (ctx.actor.user, ctx.policy.boards.favourites_max);
    uow.boards().hold_user(user)?;
    if uow.boards().is_favourite(user, id)? {
        return Ok(());
    }
    if uow.boards().count_favourites(user)? >= limit {
        return Err(FavouriteError::LimitReached { limit });
    }
    Ok(uow.boards().add_favourite(user, id)?)
}

/// Takes a board out of the caller's favourites; nothing happens when it is none.
pub fn remove_favourite(uow: &mut dyn UnitOfWork, ctx: &Ctx, id: BoardId) -> Result<(), FavouriteError> {
    check_board(uow, ctx, id)?;
    Ok(uow.boards().remove_favourite(ctx.actor.user, id)?)
}

/// Brings the caller's favourites into the order of `ids`, which names each of them once.
pub fn order_favourites(uow: &mut dyn UnitOfWork, ctx: &Ctx, ids: &[BoardId]) -> Result<(), FavouriteError> {
    ctx.actor.check_role(Role::Student).map_err(|state| FavouriteError::Denied(state.into()))?;
    uow.boards().hold_user(ctx.actor.user)?;
    let mut present = uow.boards().list_favourite_ids(&ctx.actor)?;
    let mut named = ids.to_vec();
    present.sort_unstable();
    named.sort_unstable();
    if present != named {
        return Err(FavouriteError::Mismatch);
    }
    Ok(uow.boards().save_favourite_order(ctx.actor.user, ids)?)
}

fn check_board(uow: &mut dyn UnitOfWork, ctx: &Ctx, id: BoardId) -> Result<(), FavouriteError> {
    ctx.actor.check_role(Role::Student).map_err(|state| FavouriteError::Denied(state.into()))?;
    match uow.boards().find(id)? {
        Some(board) if board.is_in_sight_of(&ctx.actor) => Ok(()),
        _ => Err(FavouriteError::NotFound),
    }
}
