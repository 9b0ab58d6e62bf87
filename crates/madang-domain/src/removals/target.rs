//! What staff act on.

use crate::ids::{CommentId, PostId};
use crate::notifications::Recipient;
use uuid::Uuid;

/// The kinds of the contract's `target_type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TargetKind {
    /// A board.
    Board,
    /// A comment.
    Comment,
    /// What somebody told of an exam.
    ExamInfo,
    /// A message.
    Message,
    /// A post.
    Post,
    /// A review of a course.
    Review,
    /// A member, by the profile.
    User,
}

/// A post or a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ItemRef {
    /// A post.
    Post(PostId),
    /// A comment.
    Comment(CommentId),
}

impl TargetKind {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Board, Self::Comment, Self::ExamInfo, Self::Message, Self::Post, Self::Review, Self::User];

    /// The word of the contract and of the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Board => "board",
            Self::Comment => "comment",
            Self::ExamInfo => "exam_info",
            Self::Message => "message",
            Self::Post => "post",
            Self::Review => "review",
            Self::User => "user",
        }
    }

    /// The kind of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// The item of this kind; `None` for what is no post and no comment.
    pub fn item(self, id: Uuid) -> Option<ItemRef> {
        match self {
            Self::Post => Some(ItemRef::Post(id.into())),
            Self::Comment => Some(ItemRef::Comment(id.into())),
            Self::Board | Self::ExamInfo | Self::Message | Self::Review | Self::User => None,
        }
    }
}

impl ItemRef {
    /// Its kind.
    pub const fn kind(self) -> TargetKind {
        match self {
            Self::Post(_) => TargetKind::Post,
            Self::Comment(_) => TargetKind::Comment,
        }
    }

    /// Who wrote it, by name or not.
    pub const fn author(self) -> Recipient {
        match self {
            Self::Post(id) => Recipient::AuthorOfPost(id),
            Self::Comment(id) => Recipient::AuthorOfComment(id),
        }
    }

    /// Its id.
    pub const fn id(self) -> Uuid {
        match self {
            Self::Post(id) => id.0,
            Self::Comment(id) => id.0,
        }
    }
}
