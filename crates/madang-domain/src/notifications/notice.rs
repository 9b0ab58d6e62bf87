//! The notice.

use super::NotificationKind;
use crate::ctx::Timestamp;
use crate::filters::{OneOf, TimeTest};
use crate::ids::{BoardId, CommentId, MessageThreadId, NotificationId, PostId, SchoolId, UserId};
use crate::posts::Author;
use crate::reports::ReportStatus;
use uuid::Uuid;

/// Who is told. An author is whoever wrote the item, by name or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recipient {
    /// This user.
    User(UserId),
    /// Who wrote the post.
    AuthorOfPost(PostId),
    /// Who wrote the comment.
    AuthorOfComment(CommentId),
    /// The other side of a message thread than the opener, or the opener.
    OtherSide {
        /// The thread.
        thread: MessageThreadId,
        /// Whether the opener wrote.
        of_opener: bool,
    },
    /// Everybody who keeps the board at hand and reads it, of those between two in the order of ids, the latter included.
    FavouriteHolders {
        /// The board.
        board: BoardId,
        /// Those behind this one.
        after: Option<UserId>,
        /// Those until this one.
        until: Option<UserId>,
    },
    /// The moderators of the school, admins of it included.
    ModeratorsOf(SchoolId),
}

/// Who acted, as far as the recipient may know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeActor {
    /// Nobody is named.
    Nobody,
    /// This user.
    Named(UserId),
    /// Somebody under this number of a thread; 0 is the author of the anonymous post.
    Anonymous(u32),
}

/// The kinds of things that a notice leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetKind {
    /// An appeal of the recipient.
    Appeal,
    /// A board.
    Board,
    /// A moderation case.
    Case,
    /// A comment.
    Comment,
    /// A message thread of the recipient.
    MessageThread,
    /// A post.
    Post,
    /// A report of the recipient.
    Report,
    /// A sanction of the recipient.
    Sanction,
}

impl TargetKind {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Appeal,
        Self::Board,
        Self::Case,
        Self::Comment,
        Self::MessageThread,
        Self::Post,
        Self::Report,
        Self::Sanction,
    ];

    /// The contract's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Appeal => "appeal",
            Self::Board => "board",
            Self::Case => "case",
            Self::Comment => "comment",
            Self::MessageThread => "message_thread",
            Self::Post => "post",
            Self::Report => "report",
            Self::Sanction => "sanction",
        }
    }

    /// The kind of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// What a notice leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoticeTarget {
    /// What it is.
    pub kind: TargetKind,
    /// Its id.
    pub id: Uuid,
    /// The post itself, or the post of the comment.
    pub post: Option<PostId>,
}

impl NoticeTarget {
    /// A post.
    pub fn post(id: PostId) -> Self {
        Self { kind: TargetKind::Post, id: id.into(), post: Some(id) }
    }

    /// A comment of `post`.
    pub fn comment(id: CommentId, post: PostId) -> Self {
        Self { kind: TargetKind::Comment, id: id.into(), post: Some(post) }
    }

    /// A board.
    pub fn board(id: BoardId) -> Self {
        Self::other(TargetKind::Board, id)
    }

    /// Anything that does not stand under a post.
    pub fn other(kind: TargetKind, id: impl Into<Uuid>) -> Self {
        Self { kind, id: id.into(), post: None }
    }
}

/// An event that people are told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewNotice {
    /// The event. Nobody is told of the same event twice (NOT-2), whatever of it.
    pub id: NotificationId,
    /// What happened.
    pub kind: NotificationKind,
    /// Who is told.
    pub to: Recipient,
    /// Who of them is not, being told otherwise.
    pub but_not: Option<Recipient>,
    /// Whose act it is, named or not: nobody is told of an own act. Never kept. `None` when nobody is to be found out by
    /// whether a notice comes.
    pub by: Option<UserId>,
    /// Who is shown to have acted: whoever has blocked that name or label is not told.
    pub actor: NoticeActor,
    /// Where it leads.
    pub target: Option<NoticeTarget>,
    /// When it happened.
    pub at: Timestamp,
}

/// A notice as its recipient sees it now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeView {
    /// The notice.
    pub id: NotificationId,
    /// What happened.
    pub kind: NotificationKind,
    /// Whether its source is out of sight: then it names neither actor nor target, and counts as read (NOT-4).
    pub is_neutral: bool,
    /// Who acted.
    pub actor: Option<Author>,
    /// Whether the actor is openly the author of the post.
    pub by_post_author: bool,
    /// Where it leads.
    pub target: Option<NoticeTarget>,
    /// What became of the report that it leads to.
    pub report: Option<ReportStatus>,
    /// Whether it was read.
    pub is_read: bool,
    /// When it happened.
    pub created_at: Timestamp,
}

/// The field filters of the list, all ANDed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoticeFilter {
    /// Read or not.
    pub is_read: Option<bool>,
    /// By kind.
    pub kind: Option<OneOf<NotificationKind>>,
    /// By time.
    pub created_at: Vec<TimeTest>,
}

/// How much of what concerns a person is unread. Each number is the length of the list it counts (VIS-4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unread {
    /// Notices.
    pub notifications: i64,
    /// Messages.
    pub messages: i64,
    /// Friend requests.
    pub friend_requests: i64,
}
