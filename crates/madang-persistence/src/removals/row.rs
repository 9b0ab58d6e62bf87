//! How an item lies in the database, for staff.

use crate::media::images_of;
use crate::posts::reason;
use diesel::prelude::*;
use madang_domain::accounts::UserSummary;
use madang_domain::actor::Actor;
use madang_domain::boards::BoardRef;
use madang_domain::ctx::Timestamp;
use madang_domain::ids::{BoardId, CommentId, MediaId, PostId, SchoolId, UserId};
use madang_domain::posts::Author;
use madang_domain::removals::{ItemRef, StaffItem};
use madang_domain::store::StoreError;

/// What is read of the board.
macro_rules! board_columns {
    () => {
        (boards::id, boards::name, boards::school_id, boards::manager_id, boards::deleted_at.is_null())
    };
}
pub(super) use board_columns;

#[derive(Queryable)]
pub(super) struct PostItemRow {
    post: PostPart,
    board: BoardPart,
    author: Option<AuthorPart>,
    author_image: Option<MediaId>,
    wrote_anonymously: bool,
    is_immune: bool,
}

#[derive(Queryable)]
pub(super) struct PostPart {
    id: PostId,
    title: Option<String>,
    contents: String,
    images: String,
    hidden_reason: Option<String>,
    is_anonymous: bool,
    created_at: Timestamp,
    deleted_at: Option<Timestamp>,
    removed_at: Option<Timestamp>,
}

#[derive(Queryable)]
pub(super) struct CommentItemRow {
    comment: CommentPart,
    post: ThreadPart,
    board: BoardPart,
    author: Option<AuthorPart>,
    author_image: Option<MediaId>,
    own_number: Option<i32>,
    is_immune: bool,
}

#[derive(Queryable)]
pub(super) struct CommentPart {
    id: CommentId,
    post_id: PostId,
    parent_id: Option<CommentId>,
    author_id: Option<UserId>,
    number: Option<i32>,
    contents: String,
    hidden_reason: Option<String>,
    created_at: Timestamp,
    deleted_at: Option<Timestamp>,
    removed_at: Option<Timestamp>,
}

#[derive(Queryable)]
pub(super) struct ThreadPart {
    author_id: Option<UserId>,
    is_live: bool,
}

#[derive(Queryable)]
pub(super) struct BoardPart {
    id: BoardId,
    name: String,
    school: SchoolId,
    manager: Option<UserId>,
    is_live: bool,
}

#[derive(Queryable)]
pub(crate) struct AuthorPart {
    id: UserId,
    nickname: String,
    is_staff: bool,
    deleted_at: Option<Timestamp>,
}

impl AuthorPart {
    /// Who is named, unless they have withdrawn.
    pub(crate) fn into_author(part: Option<Self>, image: Option<MediaId>) -> Author {
        match part {
            Some(Self { id, nickname, deleted_at: None, .. }) => {
                Author::Named(UserSummary { id, nickname, image })
            }
            _ => Author::Withdrawn,
        }
    }

    /// Whether whoever is named is staff.
    pub(crate) fn is_staff(part: Option<&Self>) -> bool {
        part.is_some_and(|part| part.is_staff)
    }

    /// Who that is, withdrawn or not.
    pub(crate) fn is(part: Option<&Self>, user: UserId) -> bool {
        part.is_some_and(|part| part.id == user)
    }
}

impl PostItemRow {
    pub(super) fn into_item(self, viewer: &Actor) -> Result<StaffItem, StoreError> {
        let Self { post, board, author, author_image, wrote_anonymously, is_immune } = self;
        let is_mine = wrote_anonymously || AuthorPart::is(author.as_ref(), viewer.user);
        Ok(StaffItem {
            author_is_staff: AuthorPart::is_staff(author.as_ref()),
            item: ItemRef::Post(post.id),
            post_id: post.id,
            parent_id: None,
            board: BoardRef { id: board.id, name: board.name },
            school: board.school,
            manager: board.manager,
            author: match post.is_anonymous {
                true => Author::Anonymous { number: None },
                false => AuthorPart::into_author(author, author_image),
            },
            number: post.is_anonymous.then_some(0),
            is_post_author: true,
            is_mine,
            title: post.title,
            contents: post.contents,
            images: images_of(&post.images)?,
            hidden_reason: post.hidden_reason.as_deref().map(reason).transpose()?,
            is_immune,
            container_is_live: board.is_live,
            created_at: post.created_at,
            deleted_at: post.deleted_at,
            removed_at: post.removed_at,
        })
    }
}

impl CommentItemRow {
    pub(super) fn into_item(self, viewer: &Actor) -> Result<StaffItem, StoreError> {
        let Self { comment, post, board, author, author_image, own_number, is_immune } = self;
        let number = label(comment.number)?;
        Ok(StaffItem {
            author_is_staff: AuthorPart::is_staff(author.as_ref()),
            item: ItemRef::Comment(comment.id),
            post_id: comment.post_id,
            parent_id: comment.parent_id,
            board: BoardRef { id: board.id, name: board.name },
            school: board.school,
            manager: board.manager,
            is_post_author: match number {
                Some(number) => number == 0,
                None => comment.author_id.is_some() && comment.author_id == post.author_id,
            },
            is_mine: match comment.number {
                Some(number) => own_number == Some(number),
                None => comment.author_id == Some(viewer.user),
            },
            author: match number {
                Some(number) => Author::Anonymous { number: Some(number).filter(|number| *number > 0) },
                None => AuthorPart::into_author(author, author_image),
            },
            number,
            title: None,
            contents: comment.contents,
            images: Vec::new(),
            hidden_reason: comment.hidden_reason.as_deref().map(reason).transpose()?,
            is_immune,
            container_is_live: board.is_live && post.is_live,
            created_at: comment.created_at,
            deleted_at: comment.deleted_at,
            removed_at: comment.removed_at,
        })
    }
}

/// The label of an anonymous writer.
pub(crate) fn label(number: Option<i32>) -> Result<Option<u32>, StoreError> {
    let number = number.map(u32::try_from).transpose();
    number.map_err(|_| StoreError::internal("a number of a thread is out of range"))
}
