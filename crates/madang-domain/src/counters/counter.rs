//! What is counted.

use uuid::Uuid;

/// A stored counter (CNT-1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Counter {
    /// The live posts of a board.
    BoardPosts,
    /// The likes of a comment.
    CommentLikes,
    /// The live replies to a comment.
    CommentReplies,
    /// The live comments and replies of a post.
    PostComments,
    /// The likes of a post.
    PostLikes,
    /// The scraps of a post.
    PostScraps,
    /// The recorded readers of a post; readings that still wait are in neither.
    PostViews,
    /// The members of a school whose enrolment is proven.
    SchoolMembers,
}

/// A counter that does not say what there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrongCounter {
    /// Which.
    pub counter: Counter,
    /// Of what.
    pub id: Uuid,
    /// What it says.
    pub stored: i64,
    /// What there is.
    pub counted: i64,
}

impl Counter {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::BoardPosts,
        Self::CommentLikes,
        Self::CommentReplies,
        Self::PostComments,
        Self::PostLikes,
        Self::PostScraps,
        Self::PostViews,
        Self::SchoolMembers,
    ];

    /// Where it stands: the table and its column.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BoardPosts => "boards.post_count",
            Self::CommentLikes => "comments.like_count",
            Self::CommentReplies => "comments.reply_count",
            Self::PostComments => "posts.comment_count",
            Self::PostLikes => "posts.like_count",
            Self::PostScraps => "posts.scrap_count",
            Self::PostViews => "posts.view_count",
            Self::SchoolMembers => "schools.member_count",
        }
    }
}
