//! How a post lies in the database.

use crate::columns::{InstantValue, UidValue, at, uid};
use crate::media::{images_column, images_of};
use crate::messages::DoorRow;
use crate::schema::posts;
use diesel::prelude::*;
use madang_domain::accounts::UserSummary;
use madang_domain::actor::Actor;
use madang_domain::boards::BoardRef;
use madang_domain::ctx::Timestamp;
use madang_domain::fold::fold;
use madang_domain::ids::{BoardId, MediaId, PostId, UserId};
use madang_domain::posts::{Author, BoardFacts, NewPost, PostView, ReportReason};
use madang_domain::store::StoreError;

/// What the read models of posts select; `$contents` is the whole text or its beginning, `$kept` whether the viewer keeps
/// the post.
macro_rules! post_columns {
    ($contents:expr, $viewer:expr) => {
        post_columns!($contents, $viewer, keeps_post(uid($viewer.user)))
    };
    ($contents:expr, $viewer:expr, $kept:expr) => {
        (
            (
                posts::id,
                posts::title,
                $contents,
                posts::hashtags,
                posts::is_anonymous,
                posts::is_question,
                posts::comments_locked,
                posts::hidden_reason,
                posts::answered_at,
                posts::images,
            ),
            (
                posts::like_count,
                posts::comment_count,
                posts::scrap_count,
                posts::view_count,
                posts::hot_at,
                posts::best_at,
                posts::created_at,
                posts::updated_at,
            ),
            (
                boards::id,
                boards::name,
                boards::guest_readable,
                boards::is_promotion,
                boards::title_required,
                boards::hot_eligible,
                boards::likes_cancellable,
                boards::manager_id,
            ),
            (
                users::id,
                users::nickname,
                users::is_staff,
                users::deleted_at,
                $crate::messages::door_columns!(),
            )
                .nullable(),
            (
                posts::is_anonymous.and(wrote_post(uid($viewer.user))),
                likes_post(uid($viewer.user)),
                $kept,
                mutes_post(uid($viewer.user)),
                $crate::blocks::is_blocked_by!(uid($viewer.user), "posts"),
            ),
            profile_image!(posts::author_id),
        )
    };
}
pub(crate) use post_columns;

#[derive(Queryable)]
pub(crate) struct PostRow {
    text: TextPart,
    counts: CountPart,
    board: BoardPart,
    author: Option<AuthorPart>,
    viewer: ViewerPart,
    author_image: Option<MediaId>,
}

#[derive(Queryable)]
pub(crate) struct TextPart {
    id: PostId,
    title: Option<String>,
    contents: String,
    hashtags: String,
    is_anonymous: bool,
    is_question: bool,
    comments_locked: bool,
    hidden_reason: Option<String>,
    answered_at: Option<Timestamp>,
    images: String,
}

#[derive(Queryable)]
pub(crate) struct CountPart {
    like_count: i64,
    comment_count: i64,
    scrap_count: i64,
    view_count: i64,
    hot_at: Option<Timestamp>,
    best_at: Option<Timestamp>,
    created_at: Timestamp,
    updated_at: Timestamp,
}

#[derive(Queryable)]
pub(crate) struct BoardPart {
    id: BoardId,
    name: String,
    guest_readable: bool,
    is_promotion: bool,
    title_required: bool,
    hot_eligible: bool,
    likes_cancellable: bool,
    manager_id: Option<UserId>,
}

#[derive(Queryable)]
pub(crate) struct AuthorPart {
    id: UserId,
    nickname: String,
    is_staff: bool,
    deleted_at: Option<Timestamp>,
    door: DoorRow,
}

#[derive(Queryable)]
pub(crate) struct ViewerPart {
    wrote_anonymously: bool,
    likes: bool,
    keeps: bool,
    mutes: bool,
    is_blocked: bool,
}

impl PostRow {
    pub(crate) fn into_view(self, viewer: &Actor) -> Result<PostView, StoreError> {
        let Self { text, counts, board, author, viewer: own, author_image } = self;
        let is_mine = own.wrote_anonymously || author.as_ref().is_some_and(|author| author.id == viewer.user);
        let door = author.as_ref().map(|author| author.door.to_door(own.is_blocked)).transpose()?;
        let author_is_staff = author.as_ref().is_some_and(|author| author.is_staff);
        let author = match author {
            _ if text.is_anonymous => Author::Anonymous { number: None },
            Some(AuthorPart { id, nickname, deleted_at: None, .. }) => {
                Author::Named(UserSummary { id, nickname, image: author_image })
            }
            _ => Author::Withdrawn,
        };
        Ok(PostView {
            id: text.id,
            board: BoardRef { id: board.id, name: board.name },
            board_facts: BoardFacts {
                guest_readable: board.guest_readable,
                is_promotion: board.is_promotion,
                title_required: board.title_required,
                hot_eligible: board.hot_eligible,
                likes_cancellable: board.likes_cancellable,
                manager: board.manager_id,
            },
            title: text.title,
            contents: text.contents,
            images: images_of(&text.images)?,
            hashtags: text.hashtags.split_whitespace().map(str::to_owned).collect(),
            author,
            author_is_staff,
            is_anonymous: text.is_anonymous,
            is_question: text.is_question,
            is_mine,
            liked: own.likes,
            scrapped: own.keeps,
            muted: own.mutes,
            comments_locked: text.comments_locked,
            door,
            hidden_reason: text.hidden_reason.as_deref().map(reason).transpose()?,
            answered_at: text.answered_at,
            like_count: counts.like_count,
            comment_count: counts.comment_count,
            scrap_count: counts.scrap_count,
            view_count: counts.view_count,
            hot_at: counts.hot_at,
            best_at: counts.best_at,
            created_at: counts.created_at,
            updated_at: counts.updated_at,
        })
    }
}

/// Why an item is hidden.
pub(crate) fn reason(word: &str) -> Result<ReportReason, StoreError> {
    ReportReason::from_word(word)
        .ok_or_else(|| StoreError::internal(format!("unknown reason {word:?} in hidden_reason")))
}

#[derive(Insertable)]
#[diesel(table_name = posts)]
pub(super) struct NewPostRow<'a> {
    id: UidValue,
    school_id: UidValue,
    board_id: UidValue,
    author_id: Option<UidValue>,
    is_anonymous: bool,
    is_question: bool,
    comments_locked: bool,
    title: Option<&'a str>,
    title_fold: Option<String>,
    contents: &'a str,
    contents_fold: String,
    hashtags: String,
    images: String,
    created_at: InstantValue,
    updated_at: InstantValue,
}

impl<'a> NewPostRow<'a> {
    pub(super) fn new(post: &'a NewPost) -> Self {
        Self {
            id: uid(post.id),
            school_id: uid(post.school_id),
            board_id: uid(post.board_id),
            author_id: (!post.is_anonymous).then(|| uid(post.author)),
            is_anonymous: post.is_anonymous,
            is_question: post.is_question,
            comments_locked: post.comments_locked,
            title: post.title.as_deref(),
            title_fold: post.title.as_deref().map(fold),
            contents: &post.contents,
            contents_fold: fold(&post.contents),
            hashtags: tags_column(&post.hashtags),
            images: images_column(&post.images),
            created_at: at(post.created_at),
            updated_at: at(post.created_at),
        }
    }
}

/// Tags as the column keeps them: each between two spaces, so that a whole tag can be looked for.
pub(super) fn tags_column(tags: &[String]) -> String {
    if tags.is_empty() { String::new() } else { format!(" {} ", tags.join(" ")) }
}
