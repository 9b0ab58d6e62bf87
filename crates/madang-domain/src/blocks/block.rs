//! A block.

use crate::ctx::Timestamp;
use crate::ids::{BlockId, MessageThreadId, PostId, UserId};
use crate::posts::{Author, PostRef};

/// By what somebody was blocked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockTarget {
    /// By name, which covers everything named.
    User,
    /// By an anonymous post.
    Post,
    /// By an anonymous comment.
    Comment,
    /// By an anonymous message thread.
    MessageThread,
}

impl BlockTarget {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::User, Self::Post, Self::Comment, Self::MessageThread];

    /// The contract's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Post => "post",
            Self::Comment => "comment",
            Self::MessageThread => "message_thread",
        }
    }

    /// The target of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|target| target.as_str() == word)
    }
}

/// Who is blocked, no nearer than the blocker knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Blocked {
    /// Somebody by name (BLK-2).
    User(UserId),
    /// Whoever stands behind a label, in its thread alone (BLK-3).
    Label {
        /// The thread.
        post: PostId,
        /// 0 for the author of the anonymous post, then the number of the label.
        number: u32,
    },
    /// Whoever is on the other side of an anonymous message thread (BLK-4).
    Thread(MessageThreadId),
}

/// A block as it is first stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewBlock {
    /// The fresh id.
    pub id: BlockId,
    /// Whose it is.
    pub blocker: UserId,
    /// By what it was asked for; [`BlockTarget::User`] whenever there is a name.
    pub target: BlockTarget,
    /// Whom it covers.
    pub blocked: Blocked,
    /// When.
    pub created_at: Timestamp,
}

/// A block as its owner sees it (BLK-5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// The block.
    pub id: BlockId,
    /// By what it was asked for.
    pub target: BlockTarget,
    /// Whom it covers: the name, or the label.
    pub author: Author,
    /// The post whose thread it covers, while that can be read; `None` for a name.
    pub context: Option<PostRef>,
    /// When.
    pub created_at: Timestamp,
}
