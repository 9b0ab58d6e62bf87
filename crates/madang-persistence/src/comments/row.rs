//! How a comment and its thread lie in the database.

use crate::columns::{InstantValue, UidValue, at, uid};
use crate::messages::DoorRow;
use crate::posts::reason;
use crate::schema::comments;
use diesel::prelude::*;
use madang_domain::accounts::UserSummary;
use madang_domain::actor::Actor;
use madang_domain::boards::BoardRef;
use madang_domain::comments::{CommentView, NewComment, Thread, Writer};
use madang_domain::ctx::Timestamp;
use madang_domain::ids::{BoardId, CommentId, MediaId, PostId, UserId};
use madang_domain::posts::{Author, PostRef};
use madang_domain::store::StoreError;

/// What comments need of their post and its board.
macro_rules! thread_columns {
    ($viewer:expr) => {
        (
            (
                posts_table::id,
                posts_table::title,
                posts_table::created_at,
                posts_table::author_id,
                posts_table::is_anonymous,
                posts_table::comments_locked,
                posts_table::hidden_reason.is_not_null(),
                posts_table::answered_at,
                posts_table::comment_count,
            ),
            (
                boards::id,
                boards::name,
                boards::guest_readable,
                boards::allow_anonymous,
                boards::anonymous_only,
                boards::comments_editable,
                boards::likes_cancellable,
                boards::manager_id,
            ),
            own_number(uid($viewer.user)),
        )
    };
}
pub(super) use thread_columns;

/// What the read models of comments select.
macro_rules! comment_columns {
    ($viewer:expr) => {
        (
            (
                comments::id,
                comments::parent_id,
                comments::author_id,
                comments::number,
                comments::contents,
                comments::hidden_reason,
                comments::deleted_at.is_not_null(),
                comments::removed_at.is_not_null(),
            ),
            (comments::like_count, comments::reply_count, comments::created_at, comments::updated_at),
            (
                users::nickname,
                users::is_staff,
                users::deleted_at.is_not_null(),
                $crate::messages::door_columns!(),
            )
                .nullable(),
            profile_image!(comments::author_id),
            (
                likes_comment(uid($viewer.user)),
                comment_is_blocked(uid($viewer.user)),
                $crate::blocks::is_blocked_by!(uid($viewer.user), "comments"),
            ),
        )
    };
}
pub(super) use comment_columns;

#[derive(Queryable)]
pub(super) struct ThreadRow {
    post: PostPart,
    board: BoardPart,
    own_number: Option<i32>,
}

#[derive(Queryable)]
pub(super) struct PostPart {
    id: PostId,
    title: Option<String>,
    created_at: Timestamp,
    author_id: Option<UserId>,
    is_anonymous: bool,
    comments_locked: bool,
    is_hidden: bool,
    answered_at: Option<Timestamp>,
    comment_count: i64,
}

#[derive(Queryable)]
pub(super) struct BoardPart {
    id: BoardId,
    name: String,
    guest_readable: bool,
    allow_anonymous: bool,
    anonymous_only: bool,
    comments_editable: bool,
    likes_cancellable: bool,
    manager_id: Option<UserId>,
}

#[derive(Queryable)]
pub(super) struct CommentRow {
    text: TextPart,
    counts: CountPart,
    author: Option<AuthorPart>,
    author_image: Option<MediaId>,
    /// Whether the viewer likes it, whether the viewer has blocked its author, and the other way round.
    viewer: (bool, bool, bool),
}

#[derive(Queryable)]
pub(super) struct AuthorPart {
    nickname: String,
    is_staff: bool,
    is_gone: bool,
    door: DoorRow,
}

#[derive(Queryable)]
pub(super) struct TextPart {
    id: CommentId,
    parent_id: Option<CommentId>,
    author_id: Option<UserId>,
    number: Option<i32>,
    contents: String,
    hidden_reason: Option<String>,
    is_deleted: bool,
    is_removed: bool,
}

#[derive(Queryable)]
pub(super) struct CountPart {
    like_count: i64,
    reply_count: i64,
    created_at: Timestamp,
    updated_at: Timestamp,
}

impl ThreadRow {
    pub(super) fn into_thread(self, viewer: &Actor) -> Thread {
        let Self { post, board, own_number } = self;
        let own_number = own_number.and_then(|number| u32::try_from(number).ok());
        Thread {
            is_mine: match post.is_anonymous {
                true => own_number == Some(0),
                false => post.author_id == Some(viewer.user),
            },
            post: PostRef { id: post.id, title: post.title, created_at: post.created_at },
            board: BoardRef { id: board.id, name: board.name },
            guest_readable: board.guest_readable,
            allow_anonymous: board.allow_anonymous,
            anonymous_only: board.anonymous_only,
            comments_editable: board.comments_editable,
            likes_cancellable: board.likes_cancellable,
            manager: board.manager_id,
            author: post.author_id,
            comments_locked: post.comments_locked,
            is_hidden: post.is_hidden,
            answered_at: post.answered_at,
            comment_count: post.comment_count,
            own_number,
        }
    }
}

impl CommentRow {
    pub(super) fn into_view(self, viewer: &Actor, thread: &Thread) -> Result<CommentView, StoreError> {
        let Self { text, counts, author, author_image, viewer: (is_liked, is_blocked, is_blocked_by) } = self;
        let number = text.number.map(u32::try_from).transpose();
        let number = number.map_err(|_| StoreError::internal("a number of a thread is out of range"))?;
        let (is_mine, is_post_author) = match (text.author_id, number) {
            (Some(author), _) => (author == viewer.user, thread.author == Some(author)),
            (None, number) => (number.is_some() && number == thread.own_number, number == Some(0)),
        };
        let door = author.as_ref().map(|author| author.door.to_door(is_blocked_by)).transpose()?;
        let author_is_staff = author.as_ref().is_some_and(|author| author.is_staff);
        let author = match (text.author_id, author) {
            (None, _) => Author::Anonymous { number: number.filter(|number| *number > 0) },
            (Some(id), Some(AuthorPart { nickname, is_gone: false, .. })) => {
                Author::Named(UserSummary { id, nickname, image: author_image })
            }
            (Some(_), _) => Author::Withdrawn,
        };
        Ok(CommentView {
            id: text.id,
            parent_id: text.parent_id,
            contents: text.contents,
            author,
            is_post_author,
            author_is_staff,
            is_mine,
            is_deleted: text.is_deleted,
            is_removed: text.is_removed,
            is_blocked,
            door,
            hidden_reason: text.hidden_reason.as_deref().map(reason).transpose()?,
            like_count: counts.like_count,
            is_liked,
            reply_count: counts.reply_count,
            created_at: counts.created_at,
            updated_at: counts.updated_at,
        })
    }
}

#[derive(Insertable)]
#[diesel(table_name = comments)]
pub(super) struct NewCommentRow<'a> {
    id: UidValue,
    post_id: UidValue,
    parent_id: Option<UidValue>,
    author_id: Option<UidValue>,
    number: Option<i32>,
    contents: &'a str,
    created_at: InstantValue,
    updated_at: InstantValue,
}

impl<'a> NewCommentRow<'a> {
    pub(super) fn new(comment: &'a NewComment) -> Result<Self, StoreError> {
        let (author_id, number) = match comment.writer {
            Writer::Named(author) => (Some(uid(author)), None),
            Writer::Anonymous(number) => (None, Some(number)),
        };
        let number = number.map(i32::try_from).transpose();
        Ok(Self {
            id: uid(comment.id),
            post_id: uid(comment.post_id),
            parent_id: comment.parent_id.map(uid),
            author_id,
            number: number.map_err(|_| StoreError::internal("a number of a thread is out of range"))?,
            contents: &comment.contents,
            created_at: at(comment.created_at),
            updated_at: at(comment.created_at),
        })
    }
}
