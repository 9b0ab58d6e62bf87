//! The notices of what members do to posts and boards (NOT-3).

use super::{NewNotice, NoticeActor, NoticeTarget, NotificationKind, Recipient, TargetKind};
use crate::comments::{NewComment, Writer};
use crate::ctx::Ctx;
use crate::ids::{BoardId, PostId, UserId};
use crate::messages::NewMessage;
use crate::posts::Author;
use crate::store::{StoreError, UnitOfWork};

/// Tells the author of the parent of a reply, and the author of the post of any comment. Who is both is told of the reply
/// (NOT-2).
pub fn tell_of_comment(uow: &mut dyn UnitOfWork, ctx: &Ctx, comment: &NewComment) -> Result<(), StoreError> {
    let parent = comment.parent_id.map(Recipient::AuthorOfComment);
    let notice = NewNotice {
        id: ctx.fresh(),
        kind: NotificationKind::Comment,
        to: Recipient::AuthorOfPost(comment.post_id),
        but_not: parent,
        by: Some(ctx.actor.user),
        actor: match comment.writer {
            Writer::Named(user) => NoticeActor::Named(user),
            Writer::Anonymous(number) => NoticeActor::Anonymous(number),
        },
        target: Some(NoticeTarget::comment(comment.id, comment.post_id)),
        at: ctx.now,
    };
    if let Some(to) = parent {
        let reply = NewNotice { kind: NotificationKind::Reply, to, but_not: None, ..notice };
        uow.notifications().add(&reply)?;
    }
    uow.notifications().add(&notice)?;
    Ok(())
}

/// Tells the author that the post has become hot (POST-8). Whose like it was has no part in it (LIKE-3).
pub fn tell_of_hot(uow: &mut dyn UnitOfWork, ctx: &Ctx, post: PostId) -> Result<(), StoreError> {
    let notice = NewNotice {
        id: ctx.fresh(),
        kind: NotificationKind::Hot,
        to: Recipient::AuthorOfPost(post),
        but_not: None,
        by: None,
        actor: NoticeActor::Nobody,
        target: Some(NoticeTarget::post(post)),
        at: ctx.now,
    };
    uow.notifications().add(&notice).map(drop)
}

/// Tells `to` that the caller offers a board (BRD-6).
pub fn tell_of_offer(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    board: BoardId,
    to: UserId,
) -> Result<(), StoreError> {
    let notice = NewNotice {
        id: ctx.fresh(),
        kind: NotificationKind::BoardTransfer,
        to: Recipient::User(to),
        but_not: None,
        by: Some(ctx.actor.user),
        actor: NoticeActor::Named(ctx.actor.user),
        target: Some(NoticeTarget::board(board)),
        at: ctx.now,
    };
    uow.notifications().add(&notice).map(drop)
}

/// Tells the other side of a thread that there is a message, by `writer` as that side sees them (MSG-2, ANON-5h). Whoever opened
/// an anonymous thread has no label of their own, and is nobody in particular.
pub fn tell_of_message(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    message: &NewMessage,
    writer: &Author,
) -> Result<(), StoreError> {
    let notice = NewNotice {
        id: ctx.fresh(),
        kind: NotificationKind::Message,
        to: Recipient::OtherSide { thread: message.thread, of_opener: message.from_opener },
        but_not: None,
        by: Some(ctx.actor.user),
        actor: match writer {
            Author::Named(_) => NoticeActor::Named(ctx.actor.user),
            Author::Anonymous { number } => NoticeActor::Anonymous(number.unwrap_or(0)),
            Author::Opener | Author::Withdrawn => NoticeActor::Nobody,
        },
        target: Some(NoticeTarget::other(TargetKind::MessageThread, message.thread)),
        at: ctx.now,
    };
    uow.notifications().add(&notice).map(drop)
}
