//! Posts.

mod counts;
mod list;
mod marks;
mod narrow;
mod removal;
mod row;
mod search;

use crate::anonymity::{keep_author, wrote_post};
use crate::blocks::post_is_unblocked;
use crate::columns::{at, uid};
use crate::connection::run;
use crate::likes::likes_post;
use crate::media::{images_column, profile_image};
use crate::mutes::mutes_post;
use crate::schema::{boards, media, posts, users};
use crate::scraps::keeps_post;
use crate::unit_of_work::DieselUnitOfWork;
use chrono::TimeDelta;
use diesel::dsl::auto_type;
use diesel::prelude::*;
use madang_domain::actor::Actor;
use madang_domain::ctx::Timestamp;
use madang_domain::fold::fold;
use madang_domain::ids::{BoardId, PostId, SchoolId, UserId};
use madang_domain::paging::Feed;
use madang_domain::posts::{NewPost, PostQuery, PostRepository, PostTextChange, PostView, PostingScope};
use madang_domain::store::StoreError;

pub(crate) use narrow::{narrow_by_search, narrow_to_listed, narrow_to_readable, seen_whole};
pub(crate) use removal::{mark_removed, unmark_removed};
pub(crate) use row::{PostRow, post_columns, reason};
pub(crate) use search::post_grams;

/// Where every read of posts starts: not deleted by the author, not removed by staff, on a live board.
#[auto_type]
pub(crate) fn live() -> _ {
    posts::table
        .inner_join(boards::table)
        .left_join(users::table)
        .filter(posts::deleted_at.is_null())
        .filter(posts::removed_at.is_null())
        .filter(boards::deleted_at.is_null())
}

impl PostRepository for DieselUnitOfWork<'_> {
    fn find(&mut self, viewer: &Actor, id: PostId) -> Result<Option<PostView>, StoreError> {
        let row: Option<PostRow> = run!(self, |c| {
            let mut query = live()
                .filter(posts::id.eq(uid(id)))
                .filter(post_is_unblocked(uid(viewer.user)))
                .select(post_columns!(posts::contents, viewer))
                .into_boxed();
            if !viewer.is_admin() {
                query = query.filter(posts::school_id.eq(uid(viewer.school)));
            }
            query.first(c).optional()
        })?;
        row.map(|row| row.into_view(viewer)).transpose()
    }

    fn find_locked(&mut self, viewer: &Actor, id: PostId) -> Result<Option<PostView>, StoreError> {
        // A write unit on SQLite is alone anyway.
        #[cfg(feature = "postgres")]
        if let crate::connection::Conn::Pg(c) = &mut *self.conn {
            let locked =
                posts::table.find(uid(id)).select(posts::id).for_update().first::<PostId>(c).optional();
            self.judge(locked)?;
        }
        self.find(viewer, id)
    }

    fn list(&mut self, viewer: &Actor, query: &PostQuery) -> Result<Feed<PostView>, StoreError> {
        list::list(self, viewer, query)
    }

    fn add(&mut self, post: &NewPost) -> Result<(), StoreError> {
        let row = row::NewPostRow::new(post);
        run!(self, |c| diesel::insert_into(posts::table).values(&row).execute(c))?;
        if post.is_anonymous {
            keep_author(self, post.id, post.author)?;
        }
        search::add(self, &search::Indexed::of(post))
    }

    fn save_text(&mut self, id: PostId, change: &PostTextChange) -> Result<(), StoreError> {
        let saved: search::Indexed = run!(self, |c| {
            diesel::update(posts::table.filter(posts::id.eq(uid(id))))
                .set((
                    posts::title.eq(&change.title),
                    posts::title_fold.eq(change.title.as_deref().map(fold)),
                    posts::contents.eq(&change.contents),
                    posts::contents_fold.eq(fold(&change.contents)),
                    posts::hashtags.eq(row::tags_column(&change.hashtags)),
                    posts::images.eq(images_column(&change.images)),
                    posts::updated_at.eq(at(change.updated_at)),
                ))
                .returning(search::indexed!())
                .get_result(c)
        })?;
        search::save(self, &saved)
    }

    fn save_comments_locked(&mut self, id: PostId, locked: bool) -> Result<(), StoreError> {
        run!(self, |c| {
            diesel::update(posts::table.filter(posts::id.eq(uid(id))))
                .set(posts::comments_locked.eq(locked))
                .execute(c)
        })?;
        Ok(())
    }

    fn bump_likes(&mut self, id: PostId, by: i64) -> Result<i64, StoreError> {
        counts::bump_likes(self, id, by)
    }

    fn stamp_hot(&mut self, id: PostId, when: Timestamp) -> Result<(), StoreError> {
        counts::stamp_hot(self, id, when)
    }

    fn stamp_best(&mut self, id: PostId, when: Timestamp) -> Result<(), StoreError> {
        counts::stamp_best(self, id, when)
    }

    fn bump_scraps(&mut self, id: PostId, by: i64) -> Result<(), StoreError> {
        counts::bump_scraps(self, id, by)
    }

    fn bump_comments(&mut self, id: PostId, by: i64) -> Result<(), StoreError> {
        counts::bump_comments(self, id, by)
    }

    fn mark_answered(&mut self, id: PostId, when: Timestamp) -> Result<(), StoreError> {
        counts::mark_answered(self, id, when)
    }

    fn bump_views(&mut self, readers: &[(PostId, i64)]) -> Result<(), StoreError> {
        counts::bump_views(self, readers)
    }

    fn mark_deleted(&mut self, id: PostId, when: Timestamp) -> Result<bool, StoreError> {
        let rows = run!(self, |c| {
            diesel::update(posts::table)
                .filter(posts::id.eq(uid(id)))
                .filter(posts::deleted_at.is_null())
                .filter(posts::removed_at.is_null())
                .set(posts::deleted_at.eq(at(when)))
                .execute(c)
        })?;
        if rows == 1 {
            search::remove(self, id)?;
        }
        Ok(rows == 1)
    }

    fn blank(&mut self, id: PostId) -> Result<(), StoreError> {
        run!(self, |c| {
            diesel::update(posts::table.filter(posts::id.eq(uid(id))))
                .filter(posts::deleted_at.is_not_null().or(posts::removed_at.is_not_null()))
                .set((
                    posts::title.eq(None::<String>),
                    posts::title_fold.eq(None::<String>),
                    posts::contents.eq(""),
                    posts::contents_fold.eq(""),
                    posts::hashtags.eq(""),
                    posts::images.eq(""),
                ))
                .execute(c)
        })?;
        Ok(())
    }

    fn restore(&mut self, id: PostId) -> Result<Option<BoardId>, StoreError> {
        let live_boards = || boards::table.filter(boards::deleted_at.is_null()).select(boards::id);
        let restored: Option<search::Indexed> = run!(self, |c| {
            diesel::update(posts::table)
                .filter(posts::id.eq(uid(id)))
                .filter(posts::deleted_at.is_not_null())
                .filter(posts::removed_at.is_null())
                .filter(posts::board_id.eq_any(live_boards()))
                .set(posts::deleted_at.eq(None::<crate::columns::InstantValue>))
                .returning(search::indexed!())
                .get_result(c)
                .optional()
        })?;
        let Some(restored) = restored else { return Ok(None) };
        search::add(self, &restored)?;
        Ok(Some(restored.board))
    }

    fn record_posting(
        &mut self,
        user: UserId,
        scope: PostingScope,
        now: Timestamp,
        interval: TimeDelta,
    ) -> Result<Option<Timestamp>, StoreError> {
        marks::record_posting(self, user, scope, now, interval)
    }

    fn record_text(&mut self, user: UserId, school: SchoolId, digest: [u8; 32]) -> Result<bool, StoreError> {
        marks::record_text(self, user, school, digest)
    }

    fn replace_text(
        &mut self,
        user: UserId,
        post: PostId,
        before: [u8; 32],
        after: [u8; 32],
    ) -> Result<(), StoreError> {
        marks::replace_text(self, user, post, before, after)
    }
}
