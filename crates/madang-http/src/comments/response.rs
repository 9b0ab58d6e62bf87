//! Comments as JSON.

use crate::problem::instant;
use crate::reply::Reply;
use crate::shapes::{Author, BoardRef, Cannot, PostRef, cannot};
use crate::viewer::Viewer;
use madang_domain::comments::{CommentPermissions, CommentState, OwnComment, SeenComment};
use madang_domain::posts::ReportReason;
use madang_domain::visibility::Sight;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A comment with its first replies.
#[derive(Serialize, ToSchema)]
#[schema(as = Comment)]
pub(crate) struct CommentResponse {
    #[serde(flatten)]
    head: Head,
    /// The first replies, in order of writing; empty on replies.
    #[schema(no_recursion)]
    replies: Vec<CommentResponse>,
    /// Where more replies are, if there are more.
    #[schema(required, format = "uri")]
    replies_next: Option<String>,
    #[serde(flatten)]
    tail: Tail,
}

/// An own comment with its place.
#[derive(Serialize, ToSchema)]
#[schema(as = MyComment)]
pub(crate) struct OwnCommentResponse {
    #[serde(flatten)]
    head: Head,
    #[serde(flatten)]
    tail: Tail,
    post: PostRef,
    board: BoardRef,
}

/// What stands before the replies.
#[derive(Serialize, ToSchema)]
#[schema(as = CommentHead)]
struct Head {
    id: Uuid,
    post_id: Uuid,
    /// Null at the top level.
    #[schema(required)]
    parent_id: Option<Uuid>,
    state: CommentStateWord,
    #[schema(required)]
    hidden_reason: Option<&'static str>,
    /// Null in a placeholder.
    #[schema(required)]
    contents: Option<String>,
    /// Null in a placeholder.
    #[schema(required)]
    author: Option<Author>,
    is_mine: bool,
    like_count: i64,
    liked: bool,
    reply_count: i64,
}

/// What stands behind the replies.
#[derive(Serialize, ToSchema)]
#[schema(as = CommentTail)]
struct Tail {
    #[schema(format = DateTime)]
    created_at: String,
    #[schema(format = DateTime)]
    updated_at: String,
    can: CommentCan,
    cannot: Cannot,
}

/// What others see of a comment.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = CommentState)]
enum CommentStateWord {
    Live,
    Hidden,
    Deleted,
    Removed,
    Blocked,
}

/// What this caller may do with a comment.
#[derive(Serialize, ToSchema)]
struct CommentCan {
    edit: bool,
    delete: bool,
    like: bool,
    reply: bool,
    message: bool,
    report: bool,
    remove: bool,
}

impl CommentResponse {
    pub(crate) fn new(seen: &SeenComment, reply: &Reply) -> Self {
        let replies_path = format!("/comments/{}/replies", seen.comment.id);
        Self {
            head: Head::new(seen, reply.viewer()),
            replies: seen.replies.iter().map(|seen| Self::new(seen, reply)).collect(),
            replies_next: seen.replies_next.map(|position| reply.feed_after(&replies_path, position)),
            tail: Tail::new(seen),
        }
    }
}

impl OwnCommentResponse {
    pub(crate) fn new(own: &OwnComment, viewer: &Viewer) -> Self {
        let OwnComment { thread, seen } = own;
        Self {
            head: Head::new(seen, viewer),
            tail: Tail::new(seen),
            post: PostRef::new(&thread.post),
            board: BoardRef::new(thread.board.id, thread.board.name.clone()),
        }
    }
}

impl Head {
    fn new(seen: &SeenComment, viewer: &Viewer) -> Self {
        let comment = &seen.comment;
        // A placeholder tells nothing of its author (ANON-5j).
        let whole = seen.sight == Sight::Whole;
        let is_hidden = seen.state == CommentState::Hidden;
        Self {
            id: comment.id.into(),
            post_id: seen.post_id.into(),
            parent_id: comment.parent_id.map(Uuid::from),
            state: seen.state.into(),
            hidden_reason: comment.hidden_reason.filter(|_| is_hidden).map(ReportReason::as_str),
            contents: whole.then(|| comment.contents.clone()),
            author: whole.then(|| Author::new(&comment.author, comment.is_post_author, viewer)),
            is_mine: whole && comment.is_mine,
            like_count: if whole { comment.like_count } else { 0 },
            liked: whole && comment.is_liked,
            reply_count: comment.reply_count,
        }
    }
}

impl Tail {
    fn new(seen: &SeenComment) -> Self {
        let comment = &seen.comment;
        let (can, cannot) = permissions(&seen.can);
        // An edit before the end is nobody's business any more.
        let changed_at = if seen.sight == Sight::Whole { comment.updated_at } else { comment.created_at };
        Self { created_at: instant(comment.created_at), updated_at: instant(changed_at), can, cannot }
    }
}

impl From<CommentState> for CommentStateWord {
    fn from(state: CommentState) -> Self {
        match state {
            CommentState::Live => Self::Live,
            CommentState::Hidden => Self::Hidden,
            CommentState::Deleted => Self::Deleted,
            CommentState::Removed => Self::Removed,
            CommentState::Blocked => Self::Blocked,
        }
    }
}

fn permissions(can: &CommentPermissions) -> (CommentCan, Cannot) {
    let CommentPermissions { edit, delete, like, reply, message, report, remove } = *can;
    let cannot = cannot([
        ("edit", edit),
        ("delete", delete),
        ("like", like),
        ("reply", reply),
        ("message", message),
        ("report", report),
        ("remove", remove),
    ]);
    let can = CommentCan {
        edit: edit.is_ok(),
        delete: delete.is_ok(),
        like: like.is_ok(),
        reply: reply.is_ok(),
        message: message.is_ok(),
        report: report.is_ok(),
        remove: remove.is_ok(),
    };
    (can, cannot)
}
