//! Writing in a thread, and reading it.

use super::{MessageView, NewMessage, ThreadView};
use crate::ctx::Ctx;
use crate::ids::MessageThreadId;
use crate::notifications::tell_of_message;
use crate::permissions::Denial;
use crate::store::{StoreError, UnitOfWork};

/// Why nothing is done in a thread.
#[derive(Debug, thiserror::Error)]
pub enum ThreadError {
    /// No such thread for this caller.
    #[error("no such thread")]
    NotFound,
    /// The thread is not as the caller saw it.
    #[error("the thread has changed")]
    PreconditionFailed,
    /// The other cannot be reached.
    #[error("the caller may not write to them")]
    Denied(Denial),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Writes another message; answers it with its thread. `contents` is parsed by the rule of MSG-4.
pub fn send_message(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    id: MessageThreadId,
    contents: String,
) -> Result<(ThreadView, MessageView), ThreadError> {
    let thread = uow.messages().find(&ctx.actor, id)?.ok_or(ThreadError::NotFound)?;
    thread.check_reply(ctx).map_err(ThreadError::Denied)?;
    let message = NewMessage {
        id: ctx.fresh(),
        thread: id,
        from_opener: thread.is_opener,
        contents: contents.clone(),
        created_at: ctx.now,
    };
    uow.messages().add_message(&message)?;
    tell_of_message(uow, ctx, &message, &thread.own.author)?;
    let seen = MessageView { id: message.id, contents, is_mine: true, is_unread: false, created_at: ctx.now };
    Ok((thread, seen))
}

/// Marks all messages of a thread read (MSG-5).
pub fn mark_thread_read(uow: &mut dyn UnitOfWork, ctx: &Ctx, id: MessageThreadId) -> Result<(), ThreadError> {
    uow.messages().find(&ctx.actor, id)?.ok_or(ThreadError::NotFound)?;
    Ok(uow.messages().mark_read(ctx.actor.user, id)?)
}
