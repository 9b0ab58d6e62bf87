//! Posts as JSON.

use crate::problem::instant;
use crate::shapes::{Author, BoardRef, Cannot, Media, cannot};
use crate::viewer::Viewer;
use madang_domain::media::Variant;
use madang_domain::posts::{PostPermissions, PostSummary, PostView, SeenPost};
use madang_domain::visibility::Sight;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A post.
#[derive(Serialize, ToSchema)]
#[schema(as = Post)]
pub(crate) struct PostResponse {
    #[serde(flatten)]
    head: Head,
    images: Vec<Media>,
    #[serde(flatten)]
    tail: Tail,
}

/// A post in a list: its contents are cut.
#[derive(Serialize, ToSchema)]
#[schema(as = PostItem)]
pub(crate) struct PostItemResponse {
    #[serde(flatten)]
    head: Head,
    /// Whether the contents go on.
    contents_truncated: bool,
    image_count: usize,
    /// The first image, small.
    #[schema(required)]
    thumb_url: Option<String>,
    #[serde(flatten)]
    tail: Tail,
}

/// What stands before the images.
#[derive(Serialize, ToSchema)]
#[schema(as = PostHead)]
struct Head {
    id: Uuid,
    board: BoardRef,
    /// Null without one, and while hidden from this caller.
    #[schema(required)]
    title: Option<String>,
    /// Null while hidden from this caller.
    #[schema(required)]
    contents: Option<String>,
    author: Author,
    is_anonymous: bool,
    is_question: bool,
    is_mine: bool,
    /// Folded, without `#`.
    hashtags: Vec<String>,
}

/// What stands behind the images.
#[derive(Serialize, ToSchema)]
#[schema(as = PostTail)]
struct Tail {
    comments_locked: bool,
    state: PostState,
    #[schema(required)]
    hidden_reason: Option<&'static str>,
    like_count: i64,
    comment_count: i64,
    scrap_count: i64,
    view_count: i64,
    liked: bool,
    scrapped: bool,
    muted: bool,
    #[schema(required, format = DateTime)]
    hot_at: Option<String>,
    #[schema(required, format = DateTime)]
    best_at: Option<String>,
    #[schema(format = DateTime)]
    created_at: String,
    #[schema(format = DateTime)]
    updated_at: String,
    can: PostCan,
    cannot: Cannot,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum PostState {
    Live,
    Hidden,
}

/// What this caller may do with a post.
#[derive(Serialize, ToSchema)]
struct PostCan {
    edit: bool,
    delete: bool,
    like: bool,
    scrap: bool,
    comment: bool,
    message: bool,
    report: bool,
    remove: bool,
}

impl PostResponse {
    pub(crate) fn new(seen: &SeenPost, viewer: &Viewer) -> Self {
        let images = seen.images().iter().map(|image| Media::new(image, viewer)).collect();
        Self { head: Head::new(&seen.post, seen.sight, viewer), images, tail: Tail::new(seen) }
    }
}

impl PostItemResponse {
    pub(crate) fn new(summary: &PostSummary, viewer: &Viewer) -> Self {
        let seen = &summary.seen;
        let images = seen.images();
        Self {
            head: Head::new(&seen.post, seen.sight, viewer),
            contents_truncated: summary.contents_truncated,
            image_count: images.len(),
            thumb_url: images.first().map(|image| viewer.media_url(image.id, Variant::Thumb)),
            tail: Tail::new(seen),
        }
    }
}

impl Head {
    fn new(post: &PostView, sight: Sight, viewer: &Viewer) -> Self {
        let (title, contents, hashtags) = match sight {
            Sight::Whole => (post.title.clone(), Some(post.contents.clone()), post.hashtags.clone()),
            Sight::Stub => (None, None, Vec::new()),
        };
        Self {
            id: post.id.into(),
            board: BoardRef::new(post.board.id, post.board.name.clone()),
            title,
            contents,
            author: Author::of_post(&post.author, viewer),
            is_anonymous: post.is_anonymous,
            is_question: post.is_question,
            is_mine: post.is_mine,
            hashtags,
        }
    }
}

impl Tail {
    fn new(seen: &SeenPost) -> Self {
        let post = &seen.post;
        let (can, cannot) = permissions(&seen.can);
        Self {
            comments_locked: post.comments_locked,
            state: if post.hidden_reason.is_some() { PostState::Hidden } else { PostState::Live },
            hidden_reason: post.hidden_reason.map(madang_domain::posts::ReportReason::as_str),
            like_count: post.like_count,
            comment_count: post.comment_count,
            scrap_count: post.scrap_count,
            view_count: post.view_count,
            liked: post.liked,
            scrapped: post.scrapped,
            muted: post.muted,
            hot_at: post.hot_at.map(instant),
            best_at: post.best_at.map(instant),
            created_at: instant(post.created_at),
            updated_at: instant(post.updated_at),
            can,
            cannot,
        }
    }
}

fn permissions(can: &PostPermissions) -> (PostCan, Cannot) {
    let PostPermissions { edit, delete, like, scrap, comment, message, report, remove } = *can;
    let cannot = cannot([
        ("edit", edit),
        ("delete", delete),
        ("like", like),
        ("scrap", scrap),
        ("comment", comment),
        ("message", message),
        ("report", report),
        ("remove", remove),
    ]);
    let can = PostCan {
        edit: edit.is_ok(),
        delete: delete.is_ok(),
        like: like.is_ok(),
        scrap: scrap.is_ok(),
        comment: comment.is_ok(),
        message: message.is_ok(),
        report: report.is_ok(),
        remove: remove.is_ok(),
    };
    (can, cannot)
}
