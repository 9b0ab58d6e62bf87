//! A message thread and its rules.

use super::Door;
use crate::actor::Role;
use crate::ctx::{Ctx, Timestamp};
use crate::ids::{CommentId, MessageId, MessageThreadId, PostId, UserId};
use crate::permissions::{Denial, Permission};
use crate::policy::MessagesPolicy;
use crate::posts::{Author, PostRef};
use crate::text::TextRule;

/// About what somebody writes to somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ContextKind {
    /// A post.
    Post,
    /// A comment.
    Comment,
    /// Nothing but the other.
    User,
}

impl ContextKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Post, Self::Comment, Self::User];

    /// The contract's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Post => "post",
            Self::Comment => "comment",
            Self::User => "user",
        }
    }

    /// The kind of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// What a thread is opened by, with whom it is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opened {
    /// With a member, by name.
    User(UserId),
    /// With the author of an item, by name.
    Named {
        /// The post of the item.
        post: PostId,
        /// The item, when it is a comment.
        comment: Option<CommentId>,
        /// The author.
        author: UserId,
    },
    /// With the author of an anonymous item, by the label.
    Label {
        /// The post of the item.
        post: PostId,
        /// The item, when it is a comment.
        comment: Option<CommentId>,
        /// 0 for the author of the anonymous post, then the number of the label.
        number: u32,
    },
}

/// A thread as it is first stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewThread {
    /// The fresh id.
    pub id: MessageThreadId,
    /// Who opens it.
    pub opener: UserId,
    /// By what, and with whom.
    pub opened: Opened,
    /// When.
    pub created_at: Timestamp,
}

/// A message as it is first stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMessage {
    /// The fresh id.
    pub id: MessageId,
    /// The thread.
    pub thread: MessageThreadId,
    /// Whether the opener writes it.
    pub from_opener: bool,
    /// The text, NFC.
    pub contents: String,
    /// When.
    pub created_at: Timestamp,
}

/// Who writes, as the thread shows it (MSG-2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// The name, or the label.
    pub author: Author,
    /// Whether it is openly the author of the post of the context.
    pub is_post_author: bool,
}

/// A message as one side sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageView {
    /// The message.
    pub id: MessageId,
    /// The text.
    pub contents: String,
    /// Whether the viewer wrote it.
    pub is_mine: bool,
    /// Whether the viewer got it and has not read it; never true of own messages (MSG-5).
    pub is_unread: bool,
    /// When it was written.
    pub created_at: Timestamp,
}

/// A thread as one side sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThreadView {
    /// The thread.
    pub id: MessageThreadId,
    /// What it is about.
    pub kind: ContextKind,
    /// The post of the context, while the item is there to be read.
    pub context: Option<PostRef>,
    /// The viewer, as the other side sees them.
    pub own: Side,
    /// The other side.
    pub other: Side,
    /// Whether the viewer opened it.
    pub is_opener: bool,
    /// How many messages the viewer has not read.
    pub unread: i64,
    /// The last message.
    pub last_message: Option<MessageView>,
    /// When it was written.
    pub last_message_at: Timestamp,
    /// When the thread was opened.
    pub created_at: Timestamp,
    /// Up to which message the viewer has read it.
    pub read_seq: i64,
    /// Up to which message the viewer has deleted it.
    pub cleared_seq: i64,
    /// Whether the other side has blocked what the thread shows of the viewer, or the thread (BLK-2 to BLK-4).
    pub is_closed: bool,
    /// The other's door, where both sides have names; `None` also when they have been erased.
    pub door: Option<Door>,
}

/// What a side may do with a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ThreadPermissions {
    /// Write another message.
    pub reply: Permission,
    /// Block the other side.
    pub block: Permission,
}

/// The rule of contents (MSG-4).
pub fn contents_rule(policy: &MessagesPolicy) -> TextRule {
    TextRule::lines(1, policy.contents_max)
}

impl ThreadView {
    /// Whether the sides are labels.
    pub fn is_anonymous(&self) -> bool {
        matches!(self.own.author, Author::Anonymous { .. } | Author::Opener)
    }

    /// Whether the viewer may write. Who has withdrawn or is banned makes no difference to an anonymous thread, or it would
    /// tell who it is (MSG-3).
    pub fn check_reply(&self, ctx: &Ctx) -> Permission {
        ctx.actor.check_role(Role::Student)?;
        ctx.actor.check_unrestricted()?;
        if self.is_closed {
            return Err(Denial::RecipientUnavailable);
        }
        match self.door {
            Some(door) => door.check_reply(ctx.now),
            None if self.is_anonymous() => Ok(()),
            None => Err(Denial::RecipientUnavailable),
        }
    }

    /// What the viewer may do.
    pub fn permissions(&self, ctx: &Ctx) -> ThreadPermissions {
        let block = ctx.actor.check_role(Role::Student).map_err(Denial::from);
        ThreadPermissions { reply: self.check_reply(ctx), block }
    }
}
