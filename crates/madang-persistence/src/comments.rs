//! Comments.

mod in_page;
mod list;
mod purge;
mod row;
mod shown;

use crate::anonymity::{add_number, own_number};
use crate::blocks::{comment_is_blocked, post_is_unblocked};
use crate::columns::{InstantValue, at, uid};
use crate::connection::run;
use crate::likes::likes_comment;
use crate::media::profile_image;
use crate::posts;
use crate::schema::{boards, comments, media, posts as posts_table, users};
use crate::unit_of_work::DieselUnitOfWork;
use diesel::dsl::auto_type;
use diesel::prelude::*;
use madang_domain::actor::Actor;
use madang_domain::comments::{
    CommentRepository, CommentTree, CommentView, FoundComment, NewComment, OwnCommentFilter, Parent,
    RestoredComment, Thread,
};
use madang_domain::ctx::Timestamp;
use madang_domain::ids::{CommentId, PostId, UserId};
use madang_domain::paging::{Feed, FeedRequest};
use madang_domain::store::StoreError;
use row::{CommentRow, ThreadRow, comment_columns, thread_columns};
use shown::{is_shown, is_shown_reply};

/// Comments with the names of their writers, deleted ones included: for what starts at a thread that is known to be
/// live.
#[auto_type]
fn with_author() -> _ {
    comments::table.left_join(users::table.on(comments::author_id.eq(users::id.nullable())))
}

/// Comments of live posts on live boards, those included that were deleted or removed themselves.
#[auto_type]
fn with_deleted() -> _ {
    comments::table
        .inner_join(posts_table::table.inner_join(boards::table))
        .left_join(users::table.on(comments::author_id.eq(users::id.nullable())))
        .filter(posts_table::deleted_at.is_null())
        .filter(posts_table::removed_at.is_null())
        .filter(boards::deleted_at.is_null())
}

/// Comments of live posts on live boards that are neither deleted by the author nor removed by staff.
#[auto_type]
pub(crate) fn live() -> _ {
    with_deleted().filter(comments::deleted_at.is_null()).filter(comments::removed_at.is_null())
}

impl DieselUnitOfWork<'_> {
    /// Keeps every other write unit from changing the post, and with it all that stands under it.
    pub(crate) fn hold_thread(&mut self, post: PostId) -> Result<(), StoreError> {
        // A write unit on SQLite is alone anyway.
        #[cfg(feature = "postgres")]
        if let crate::connection::Conn::Pg(c) = &mut *self.conn {
            let held = posts_table::table
                .find(uid(post))
                .select(posts_table::id)
                .for_update()
                .first::<PostId>(c)
                .optional();
            self.judge(held)?;
        }
        Ok(())
    }

    /// As [`hold_thread`](Self::hold_thread), by one of its comments.
    pub(crate) fn hold_thread_of(&mut self, comment: CommentId) -> Result<(), StoreError> {
        let post: Option<PostId> =
            run!(self, |c| comments::table.find(uid(comment)).select(comments::post_id).first(c).optional())?;
        post.map_or(Ok(()), |post| self.hold_thread(post))
    }
}

impl CommentRepository for DieselUnitOfWork<'_> {
    fn find_thread(&mut self, viewer: &Actor, post: PostId) -> Result<Option<Thread>, StoreError> {
        let row: Option<ThreadRow> = run!(self, |c| {
            let mut query = posts::live()
                .filter(posts_table::id.eq(uid(post)))
                .filter(post_is_unblocked(uid(viewer.user)))
                .select(thread_columns!(viewer))
                .into_boxed();
            if !viewer.is_admin() {
                query = query.filter(posts_table::school_id.eq(uid(viewer.school)));
            }
            query.first(c).optional()
        })?;
        Ok(row.map(|row| row.into_thread(viewer)))
    }

    fn find_thread_locked(&mut self, viewer: &Actor, post: PostId) -> Result<Option<Thread>, StoreError> {
        self.hold_thread(post)?;
        self.find_thread(viewer, post)
    }

    fn find(&mut self, viewer: &Actor, id: CommentId) -> Result<Option<FoundComment>, StoreError> {
        let row: Option<(ThreadRow, CommentRow)> = run!(self, |c| {
            let mut query = with_deleted()
                .filter(comments::id.eq(uid(id)))
                .filter(is_shown(uid(viewer.user)))
                .filter(post_is_unblocked(uid(viewer.user)))
                .select((thread_columns!(viewer), comment_columns!(viewer)))
                .into_boxed();
            if !viewer.is_admin() {
                query = query.filter(posts_table::school_id.eq(uid(viewer.school)));
            }
            query.first(c).optional()
        })?;
        let Some((thread, comment)) = row else { return Ok(None) };
        let thread = thread.into_thread(viewer);
        let comment = comment.into_view(viewer, &thread)?;
        Ok(Some(FoundComment { thread, comment }))
    }

    fn find_locked(&mut self, viewer: &Actor, id: CommentId) -> Result<Option<FoundComment>, StoreError> {
        self.hold_thread_of(id)?;
        self.find(viewer, id)
    }

    fn find_parent(
        &mut self,
        viewer: &Actor,
        post: PostId,
        id: CommentId,
    ) -> Result<Option<Parent>, StoreError> {
        let row: Option<(bool, bool)> = run!(self, |c| {
            // As a reply is: no placeholder is replied to.
            let is_live = is_shown_reply(uid(viewer.user));
            comments::table
                .filter(comments::id.eq(uid(id)))
                .filter(comments::post_id.eq(uid(post)))
                .filter(comments::parent_id.is_null())
                .select((is_live, comments::hidden_reason.is_not_null()))
                .first(c)
                .optional()
        })?;
        Ok(row.map(|(is_live, is_hidden)| Parent { is_live, is_hidden }))
    }

    fn list(
        &mut self,
        viewer: &Actor,
        thread: &Thread,
        request: FeedRequest,
        replies_max: u32,
    ) -> Result<Feed<CommentTree>, StoreError> {
        list::list(self, viewer, thread, request, replies_max)
    }

    fn list_replies(
        &mut self,
        viewer: &Actor,
        thread: &Thread,
        parent: CommentId,
        request: FeedRequest,
    ) -> Result<Feed<CommentView>, StoreError> {
        list::list_replies(self, viewer, thread, parent, request)
    }

    fn list_own(
        &mut self,
        viewer: &Actor,
        filter: &OwnCommentFilter,
        request: FeedRequest,
    ) -> Result<Feed<FoundComment>, StoreError> {
        list::list_own(self, viewer, filter, request)
    }

    fn add_number(&mut self, post: PostId, writer: UserId) -> Result<u32, StoreError> {
        add_number(self, post, writer)
    }

    fn add(&mut self, comment: &NewComment) -> Result<(), StoreError> {
        let row = row::NewCommentRow::new(comment)?;
        run!(self, |c| diesel::insert_into(comments::table).values(&row).execute(c))?;
        Ok(())
    }

    fn save_contents(&mut self, id: CommentId, contents: &str, when: Timestamp) -> Result<(), StoreError> {
        run!(self, |c| {
            diesel::update(comments::table.filter(comments::id.eq(uid(id))))
                .set((comments::contents.eq(contents), comments::updated_at.eq(at(when))))
                .execute(c)
        })?;
        Ok(())
    }

    fn mark_deleted(&mut self, id: CommentId, when: Timestamp) -> Result<bool, StoreError> {
        let rows = run!(self, |c| {
            diesel::update(comments::table)
                .filter(comments::id.eq(uid(id)))
                .filter(comments::deleted_at.is_null())
                .filter(comments::removed_at.is_null())
                .set(comments::deleted_at.eq(at(when)))
                .execute(c)
        })?;
        Ok(rows == 1)
    }

    fn restore(&mut self, id: CommentId) -> Result<Option<RestoredComment>, StoreError> {
        self.hold_thread_of(id)?;
        let row: Option<(PostId, Option<CommentId>)> = run!(self, |c| {
            diesel::update(comments::table)
                .filter(comments::id.eq(uid(id)))
                .filter(comments::deleted_at.is_not_null())
                .filter(comments::removed_at.is_null())
                .filter(comments::post_id.eq_any(posts::live().select(posts_table::id)))
                .set(comments::deleted_at.eq(None::<InstantValue>))
                .returning((comments::post_id, comments::parent_id))
                .get_result(c)
                .optional()
        })?;
        Ok(row.map(|(post_id, parent_id)| RestoredComment { post_id, parent_id }))
    }

    fn purge(&mut self, id: CommentId) -> Result<(), StoreError> {
        self.hold_thread_of(id)?;
        purge::purge(self, id)
    }

    fn bump_likes(&mut self, id: CommentId, by: i64) -> Result<i64, StoreError> {
        run!(self, |c| {
            diesel::update(comments::table.filter(comments::id.eq(uid(id))))
                .set(comments::like_count.eq(comments::like_count + by))
                .returning(comments::like_count)
                .get_result(c)
        })
    }

    fn bump_replies(&mut self, id: CommentId, by: i64) -> Result<(), StoreError> {
        run!(self, |c| {
            diesel::update(comments::table.filter(comments::id.eq(uid(id))))
                .set(comments::reply_count.eq(comments::reply_count + by))
                .execute(c)
        })?;
        Ok(())
    }
}
