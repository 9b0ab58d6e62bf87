//! Blocking somebody.

use super::{Block, BlockTarget, Blocked, NewBlock};
use crate::accounts::find_profile;
use crate::comments::Writer;
use crate::ctx::Ctx;
use crate::ids::{BlockId, CommentId, MessageThreadId, PostId, UserId};
use crate::permissions::Denial;
use crate::store::{StoreError, UnitOfWork};
use uuid::Uuid;

/// By what somebody is to be blocked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CreateBlock {
    /// What it is.
    pub target: BlockTarget,
    /// Its id.
    pub target_id: Uuid,
}

/// The block that there is then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreatedBlock {
    /// The block.
    pub block: Block,
    /// Whether it was not there before.
    pub is_new: bool,
}

/// Why nobody is blocked.
#[derive(Debug, thiserror::Error)]
pub enum CreateBlockError {
    /// No such target for this caller.
    #[error("no such target")]
    NotFound,
    /// The target is hidden.
    #[error("the target cannot be blocked")]
    Denied(Denial),
    /// The caller, or something by the caller.
    #[error("the caller is the target")]
    OwnTarget,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What was found of a target.
enum Found {
    /// It can be blocked by its author.
    Open(Blocked),
    /// The caller has blocked its author before, and so does not see it.
    Blocked(Blocked),
}

/// Blocks a user by name, or who wrote an item: by name if it is named, else by its label (BLK-2, BLK-3), or
/// the other side of a thread: by name, or the thread (BLK-4). What is blocked
/// already is answered as it is (BLK-1).
pub fn create_block(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    command: CreateBlock,
) -> Result<CreatedBlock, CreateBlockError> {
    let CreateBlock { target, target_id } = command;
    let found = match target {
        BlockTarget::User => user(uow, ctx, target_id.into())?,
        BlockTarget::Post => post(uow, ctx, target_id.into())?,
        BlockTarget::Comment => comment(uow, ctx, target_id.into())?,
        BlockTarget::MessageThread => thread(uow, ctx, target_id.into())?,
    };
    let blocker = ctx.actor.user;
    let (id, is_new) = match found {
        Found::Blocked(blocked) => {
            let id = uow.blocks().find_id(blocker, blocked)?.ok_or(CreateBlockError::NotFound)?;
            (id, false)
        }
        Found::Open(blocked) => {
            let target = if matches!(blocked, Blocked::User(_)) { BlockTarget::User } else { target };
            let fresh: BlockId = ctx.fresh();
            let block = NewBlock { id: fresh, blocker, target, blocked, created_at: ctx.now };
            let id = uow.blocks().add(&block)?;
            (id, id == fresh)
        }
    };
    let block = uow.blocks().find(&ctx.actor, id)?.ok_or(CreateBlockError::NotFound)?;
    Ok(CreatedBlock { block, is_new })
}

fn user(uow: &mut dyn UnitOfWork, ctx: &Ctx, id: UserId) -> Result<Found, CreateBlockError> {
    let profile = find_profile(uow, ctx, id)?.ok_or(CreateBlockError::NotFound)?;
    profile.block.map_err(own)?;
    Ok(Found::Open(Blocked::User(id)))
}

fn post(uow: &mut dyn UnitOfWork, ctx: &Ctx, id: PostId) -> Result<Found, CreateBlockError> {
    let author = uow.blocks().find_author_of_post(&ctx.actor, id)?.ok_or(CreateBlockError::NotFound)?;
    let author = blocked(author, id);
    let Some(post) = uow.posts().find(&ctx.actor, id)? else { return Ok(Found::Blocked(author)) };
    post.check_author(&ctx.actor).map_err(own)?;
    Ok(Found::Open(author))
}

fn comment(uow: &mut dyn UnitOfWork, ctx: &Ctx, id: CommentId) -> Result<Found, CreateBlockError> {
    let (post, author) =
        uow.blocks().find_author_of_comment(&ctx.actor, id)?.ok_or(CreateBlockError::NotFound)?;
    let author = blocked(author, post);
    match uow.comments().find(&ctx.actor, id)? {
        Some(found) if !found.comment.is_blocked => {
            found.thread.check_read(&ctx.actor).map_err(CreateBlockError::Denied)?;
            found.comment.check_author().map_err(own)?;
            Ok(Found::Open(author))
        }
        _ => Ok(Found::Blocked(author)),
    }
}

fn thread(uow: &mut dyn UnitOfWork, ctx: &Ctx, id: MessageThreadId) -> Result<Found, CreateBlockError> {
    let blocked = uow.messages().find_blocked(ctx.actor.user, id)?.ok_or(CreateBlockError::NotFound)?;
    match uow.messages().find(&ctx.actor, id)? {
        Some(_) => Ok(Found::Open(blocked)),
        None => Ok(Found::Blocked(blocked)),
    }
}

fn blocked(author: Writer, post: PostId) -> Blocked {
    match author {
        Writer::Named(user) => Blocked::User(user),
        Writer::Anonymous(number) => Blocked::Label { post, number },
    }
}

fn own(denial: Denial) -> CreateBlockError {
    match denial {
        Denial::SelfTarget => CreateBlockError::OwnTarget,
        denial => CreateBlockError::Denied(denial),
    }
}
