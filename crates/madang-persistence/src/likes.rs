//! Likes.

use crate::columns::{UidValue, at, uid};
use crate::connection::run;
use crate::schema::{comment_likes, comments, post_likes, posts};
use crate::unit_of_work::DieselUnitOfWork;
use diesel::dsl::{auto_type, exists};
use diesel::prelude::*;
use madang_domain::ctx::Timestamp;
use madang_domain::ids::{CommentId, PostId, UserId};
use madang_domain::likes::LikeRepository;
use madang_domain::store::StoreError;

/// Whether `viewer` likes the post of the row.
#[auto_type]
pub(crate) fn likes_post(viewer: UidValue) -> _ {
    exists(post_likes::table.filter(post_likes::post_id.eq(posts::id)).filter(post_likes::user_id.eq(viewer)))
}

/// Whether `viewer` likes the comment of the row.
#[auto_type]
pub(crate) fn likes_comment(viewer: UidValue) -> _ {
    exists(
        comment_likes::table
            .filter(comment_likes::comment_id.eq(comments::id))
            .filter(comment_likes::user_id.eq(viewer)),
    )
}

impl LikeRepository for DieselUnitOfWork<'_> {
    fn add_to_post(&mut self, post: PostId, user: UserId, when: Timestamp) -> Result<bool, StoreError> {
        let row = (
            post_likes::post_id.eq(uid(post)),
            post_likes::user_id.eq(uid(user)),
            post_likes::created_at.eq(at(when)),
        );
        let rows = run!(self, |c| {
            diesel::insert_into(post_likes::table).values(row).on_conflict_do_nothing().execute(c)
        })?;
        Ok(rows == 1)
    }

    fn remove_from_post(&mut self, post: PostId, user: UserId) -> Result<bool, StoreError> {
        let like = post_likes::table.find((uid(post), uid(user)));
        let rows = run!(self, |c| diesel::delete(like).execute(c))?;
        Ok(rows == 1)
    }

    fn add_to_comment(
        &mut self,
        comment: CommentId,
        user: UserId,
        when: Timestamp,
    ) -> Result<bool, StoreError> {
        let row = (
            comment_likes::comment_id.eq(uid(comment)),
            comment_likes::user_id.eq(uid(user)),
            comment_likes::created_at.eq(at(when)),
        );
        let rows = run!(self, |c| {
            diesel::insert_into(comment_likes::table).values(row).on_conflict_do_nothing().execute(c)
        })?;
        Ok(rows == 1)
    }

    fn remove_from_comment(&mut self, comment: CommentId, user: UserId) -> Result<bool, StoreError> {
        let like = comment_likes::table.find((uid(comment), uid(user)));
        let rows = run!(self, |c| diesel::delete(like).execute(c))?;
        Ok(rows == 1)
    }
}
