//! Opening a thread, or adding to the one that is there.

use super::{ContextKind, NewMessage, NewThread, Opened, OwnThread, ThreadView};
use crate::accounts::find_profile;
use crate::comments::Writer;
use crate::ctx::Ctx;
use crate::ids::{CommentId, MessageThreadId, PostId, UserId};
use crate::notifications::tell_of_message;
use crate::permissions::Denial;
use crate::store::{StoreError, UnitOfWork};
use uuid::Uuid;

/// What to say first, and about what. The text is parsed by the rule of MSG-4.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenThread {
    /// What it is about.
    pub kind: ContextKind,
    /// Its id.
    pub context_id: Uuid,
    /// The message.
    pub contents: String,
}

/// The thread that there is then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenedThread {
    /// The thread.
    pub thread: ThreadView,
    /// Whether it was not there before.
    pub is_new: bool,
}

/// Why nothing is written.
#[derive(Debug, thiserror::Error)]
pub enum OpenThreadError {
    /// No such item or member for this caller.
    #[error("no such context")]
    NotFound,
    /// The item is hidden, or the other cannot be reached.
    #[error("the caller may not write to them")]
    Denied(Denial),
    /// The caller, or something by the caller.
    #[error("the caller is the recipient")]
    OwnContext,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Writes to a member, or to who wrote an item: by name if the item has one, else by the label (MSG-1, MSG-2).
pub fn open_thread(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    command: OpenThread,
) -> Result<OpenedThread, OpenThreadError> {
    let id = command.context_id;
    let opened = match command.kind {
        ContextKind::User => user(uow, ctx, id.into())?,
        ContextKind::Post => post(uow, ctx, id.into())?,
        ContextKind::Comment => comment(uow, ctx, id.into())?,
    };
    let opener = ctx.actor.user;
    let former = uow.messages().find_opened(opener, opened)?;
    check_reach(uow, ctx, opened, former)?;
    let is_new = former.is_none();
    let (thread, from_opener) = match former {
        Some(OwnThread { id, is_opener, .. }) => (id, is_opener),
        None => {
            let id: MessageThreadId = ctx.fresh();
            uow.messages().add(&NewThread { id, opener, opened, created_at: ctx.now })?;
            (id, true)
        }
    };
    let contents = command.contents;
    let message = NewMessage { id: ctx.fresh(), thread, from_opener, contents, created_at: ctx.now };
    uow.messages().add_message(&message)?;
    let thread = uow.messages().find(&ctx.actor, thread)?.ok_or(OpenThreadError::NotFound)?;
    tell_of_message(uow, ctx, &message, &thread.own.author)?;
    Ok(OpenedThread { thread, is_new })
}

/// Whether the message reaches anybody (MSG-3); what has not been refused to a new thread is not refused to an old one.
fn check_reach(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    opened: Opened,
    former: Option<OwnThread>,
) -> Result<(), OpenThreadError> {
    let opener = ctx.actor.user;
    let unavailable = || OpenThreadError::Denied(Denial::RecipientUnavailable);
    if former.is_some_and(|thread| thread.is_closed) {
        return Err(unavailable());
    }
    match opened {
        Opened::User(user) | Opened::Named { author: user, .. } => {
            let door = uow.messages().find_door(opener, user)?.ok_or_else(unavailable)?;
            match former {
                Some(_) => door.check_reply(ctx.now),
                None => door.check_open(ctx.now),
            }
            .map_err(OpenThreadError::Denied)
        }
        Opened::Label { .. } if former.is_some() => Ok(()),
        Opened::Label { post, number, .. } => match uow.messages().is_label_closed(opener, post, number)? {
            true => Err(unavailable()),
            false => Ok(()),
        },
    }
}

fn user(uow: &mut dyn UnitOfWork, ctx: &Ctx, id: UserId) -> Result<Opened, OpenThreadError> {
    if id == ctx.actor.user {
        return Err(OpenThreadError::OwnContext);
    }
    find_profile(uow, ctx, id)?.map(|_| Opened::User(id)).ok_or(OpenThreadError::NotFound)
}

fn post(uow: &mut dyn UnitOfWork, ctx: &Ctx, id: PostId) -> Result<Opened, OpenThreadError> {
    let found = uow.posts().find(&ctx.actor, id)?.ok_or(OpenThreadError::NotFound)?;
    found.check_author(&ctx.actor).map_err(own)?;
    let author = uow.blocks().find_author_of_post(&ctx.actor, id)?.ok_or(OpenThreadError::NotFound)?;
    Ok(with(author, id, None))
}

fn comment(uow: &mut dyn UnitOfWork, ctx: &Ctx, id: CommentId) -> Result<Opened, OpenThreadError> {
    let found = uow.comments().find(&ctx.actor, id)?.ok_or(OpenThreadError::NotFound)?;
    found.comment.check_exists().map_err(OpenThreadError::Denied)?;
    found.thread.check_read(&ctx.actor).map_err(OpenThreadError::Denied)?;
    found.comment.check_author().map_err(own)?;
    let (post, author) =
        uow.blocks().find_author_of_comment(&ctx.actor, id)?.ok_or(OpenThreadError::NotFound)?;
    Ok(with(author, post, Some(id)))
}

fn with(author: Writer, post: PostId, comment: Option<CommentId>) -> Opened {
    match author {
        Writer::Named(author) => Opened::Named { post, comment, author },
        Writer::Anonymous(number) => Opened::Label { post, comment, number },
    }
}

fn own(denial: Denial) -> OpenThreadError {
    match denial {
        Denial::SelfTarget => OpenThreadError::OwnContext,
        denial => OpenThreadError::Denied(denial),
    }
}
