//! Threads and messages as one side sees them.

use crate::problem::instant;
use crate::shapes::{Author, Cannot, PostRef, cannot};
use crate::viewer::Viewer;
use madang_domain::ctx::Ctx;
use madang_domain::messages::{MessageView, Side, ThreadView};
use madang_domain::permissions::Denial;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// An own message thread. Nothing tells what the other side has read.
#[derive(Serialize, ToSchema)]
#[schema(as = MessageThread)]
pub(super) struct ThreadResponse {
    id: Uuid,
    /// `post`, `comment` or `user`.
    context_type: &'static str,
    /// The post of the item, while it can be read.
    #[schema(required)]
    context: Option<PostRef>,
    other: Author,
    unread_count: i64,
    #[schema(required)]
    last_message: Option<MessageResponse>,
    #[schema(format = DateTime)]
    last_message_at: String,
    #[schema(format = DateTime)]
    created_at: String,
    can: ThreadCan,
    cannot: Cannot,
}

/// What the caller may do with a thread.
#[derive(Serialize, ToSchema)]
struct ThreadCan {
    reply: bool,
    block: bool,
}

/// A message.
#[derive(Serialize, ToSchema)]
#[schema(as = Message)]
pub(super) struct MessageResponse {
    id: Uuid,
    thread_id: Uuid,
    contents: String,
    sender: Author,
    is_mine: bool,
    /// Never of own messages.
    is_unread: bool,
    #[schema(format = DateTime)]
    created_at: String,
    can: MessageCan,
    cannot: Cannot,
}

/// What the caller may do with a message.
#[derive(Serialize, ToSchema)]
struct MessageCan {
    report: bool,
}

fn face(side: &Side, viewer: &Viewer) -> Author {
    Author::new(&side.author, side.is_post_author, viewer)
}

impl ThreadResponse {
    pub(super) fn new(thread: &ThreadView, ctx: &Ctx, viewer: &Viewer) -> Self {
        let can = thread.permissions(ctx);
        Self {
            id: thread.id.into(),
            context_type: thread.kind.as_str(),
            context: thread.context.as_ref().map(PostRef::new),
            other: face(&thread.other, viewer),
            unread_count: thread.unread,
            last_message: thread
                .last_message
                .as_ref()
                .map(|message| MessageResponse::new(thread, message, viewer)),
            last_message_at: instant(thread.last_message_at),
            created_at: instant(thread.created_at),
            can: ThreadCan { reply: can.reply.is_ok(), block: can.block.is_ok() },
            cannot: cannot([("reply", can.reply), ("block", can.block)]),
        }
    }
}

impl MessageResponse {
    pub(super) fn new(thread: &ThreadView, message: &MessageView, viewer: &Viewer) -> Self {
        // Reports are a feature that is still to come.
        let report = Err(Denial::NotFound);
        Self {
            id: message.id.into(),
            thread_id: thread.id.into(),
            contents: message.contents.clone(),
            sender: face(if message.is_mine { &thread.own } else { &thread.other }, viewer),
            is_mine: message.is_mine,
            is_unread: message.is_unread,
            created_at: instant(message.created_at),
            can: MessageCan { report: report.is_ok() },
            cannot: cannot([("report", report)]),
        }
    }
}
