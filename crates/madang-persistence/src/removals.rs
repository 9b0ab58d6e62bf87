//! Items as staff see and remove them.

mod row;

use crate::anonymity::{own_number, wrote_post};
use crate::columns::{InstantValue, at, uid};
use crate::connection::run;
use crate::fragment::Fragment;
use crate::media::profile_image;
use crate::posts::{mark_removed, unmark_removed};
use crate::reports::{is_being_judged, is_immune};
use crate::schema::{boards, comments, media, moderation_cases, posts, sanctions, users};
use crate::unit_of_work::DieselUnitOfWork;
use diesel::dsl::{auto_type, not};
use diesel::prelude::*;
use diesel::sql_types::Bool;
use madang_domain::actor::Actor;
use madang_domain::ctx::Timestamp;
use madang_domain::ids::{CommentId, PostId};
use madang_domain::posts::{PostRepository, ReportReason};
use madang_domain::removals::{ItemRef, RemovalRepository, StaffItem};
use madang_domain::store::StoreError;
pub(crate) use row::{AuthorPart, label};
use row::{CommentItemRow, PostItemRow, board_columns};
use uuid::Uuid;

/// Posts whatever became of them, which is what staff look at.
#[auto_type]
fn posts_with_deleted() -> _ {
    posts::table.inner_join(boards::table).left_join(users::table)
}

/// Comments whatever became of them.
#[auto_type]
fn comments_with_deleted() -> _ {
    comments::table
        .inner_join(posts::table.inner_join(boards::table))
        .left_join(users::table.on(comments::author_id.eq(users::id.nullable())))
}

/// Written out and not bound, so that it is the condition of an index.
fn has_text(condition: &'static str) -> Fragment<Bool> {
    Fragment::sql(condition)
}

impl RemovalRepository for DieselUnitOfWork<'_> {
    fn find(&mut self, viewer: &Actor, item: ItemRef) -> Result<Option<StaffItem>, StoreError> {
        match item {
            ItemRef::Post(id) => find_post(self, viewer, id),
            ItemRef::Comment(id) => find_comment(self, viewer, id),
        }
    }

    fn find_locked(&mut self, viewer: &Actor, item: ItemRef) -> Result<Option<StaffItem>, StoreError> {
        match item {
            ItemRef::Post(id) => self.hold_thread(id)?,
            ItemRef::Comment(id) => self.hold_thread_of(id)?,
        }
        RemovalRepository::find(self, viewer, item)
    }

    fn mark_removed(&mut self, item: ItemRef, when: Timestamp) -> Result<(), StoreError> {
        match item {
            ItemRef::Post(id) => mark_removed(self, id, when),
            ItemRef::Comment(id) => {
                let marks = (comments::removed_at.eq(at(when)), comments::hidden_reason.eq(None::<String>));
                let row = comments::table.filter(comments::id.eq(uid(id)));
                run!(self, |c| diesel::update(row).set(marks).execute(c))?;
                Ok(())
            }
        }
    }

    fn unmark_removed(&mut self, item: ItemRef) -> Result<(), StoreError> {
        match item {
            ItemRef::Post(id) => unmark_removed(self, id),
            ItemRef::Comment(id) => {
                let row = comments::table.filter(comments::id.eq(uid(id)));
                let mark = comments::removed_at.eq(None::<InstantValue>);
                run!(self, |c| diesel::update(row).set(mark).execute(c))?;
                Ok(())
            }
        }
    }

    fn save_hidden(&mut self, item: ItemRef, reason: Option<ReportReason>) -> Result<(), StoreError> {
        let reason = reason.map(ReportReason::as_str);
        run!(self, |c| match item {
            ItemRef::Post(id) => {
                let row = posts::table.filter(posts::id.eq(uid(id)));
                diesel::update(row).set(posts::hidden_reason.eq(reason)).execute(c)
            }
            ItemRef::Comment(id) => {
                let row = comments::table.filter(comments::id.eq(uid(id)));
                diesel::update(row).set(comments::hidden_reason.eq(reason)).execute(c)
            }
        })?;
        Ok(())
    }

    fn list_expired(&mut self, before: Timestamp, limit: usize) -> Result<Vec<ItemRef>, StoreError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let (posts, comments): (Vec<PostId>, Vec<CommentId>) = run!(self, |c| {
            let old_posts = posts::table
                .filter(posts::removed_at.le(at(before)))
                .filter(has_text("posts.contents <> ''"))
                .filter(not(is_being_judged!(posts::id)))
                .order(posts::removed_at)
                .select(posts::id)
                .limit(limit);
            let old_comments = comments::table
                .filter(comments::removed_at.le(at(before)))
                .filter(has_text("comments.contents <> ''"))
                .filter(not(is_being_judged!(comments::id)))
                .order(comments::removed_at)
                .select(comments::id)
                .limit(limit);
            Ok((old_posts.load(c)?, old_comments.load(c)?))
        })?;
        Ok(posts.into_iter().map(ItemRef::Post).chain(comments.into_iter().map(ItemRef::Comment)).collect())
    }

    fn blank(&mut self, item: ItemRef) -> Result<(), StoreError> {
        match item {
            ItemRef::Post(id) => PostRepository::blank(self, id)?,
            ItemRef::Comment(id) => {
                let row = comments::table
                    .filter(comments::id.eq(uid(id)))
                    .filter(comments::removed_at.is_not_null());
                run!(self, |c| diesel::update(row).set(comments::contents.eq("")).execute(c))?;
            }
        }
        self.blank_copies(item.id())
    }

    fn blank_copies(&mut self, item: Uuid) -> Result<(), StoreError> {
        run!(self, |c| {
            let closed = moderation_cases::table
                .filter(moderation_cases::target_id.eq(uid(item)))
                .filter(moderation_cases::decided_at.is_not_null());
            diesel::update(closed).set(moderation_cases::snapshot.eq("")).execute(c)?;
            let given = sanctions::table.filter(sanctions::target_id.eq(uid(item)));
            diesel::update(given).set(sanctions::evidence.eq(None::<String>)).execute(c)
        })?;
        Ok(())
    }
}

fn find_post(
    uow: &mut DieselUnitOfWork<'_>,
    viewer: &Actor,
    id: PostId,
) -> Result<Option<StaffItem>, StoreError> {
    let row: Option<PostItemRow> = run!(uow, |c| {
        let mut query = posts_with_deleted()
            .filter(posts::id.eq(uid(id)))
            .select((
                (
                    posts::id,
                    posts::title,
                    posts::contents,
                    posts::images,
                    posts::hidden_reason,
                    posts::is_anonymous,
                    posts::created_at,
                    posts::deleted_at,
                    posts::removed_at,
                ),
                board_columns!(),
                (users::id, users::nickname, users::is_staff, users::deleted_at).nullable(),
                profile_image!(posts::author_id),
                posts::is_anonymous.and(wrote_post(uid(viewer.user))),
                is_immune!(posts::id),
            ))
            .into_boxed();
        if !viewer.is_admin() {
            query = query.filter(posts::school_id.eq(uid(viewer.school)));
        }
        query.first(c).optional()
    })?;
    row.map(|row| row.into_item(viewer)).transpose()
}

fn find_comment(
    uow: &mut DieselUnitOfWork<'_>,
    viewer: &Actor,
    id: CommentId,
) -> Result<Option<StaffItem>, StoreError> {
    let row: Option<CommentItemRow> = run!(uow, |c| {
        let mut query = comments_with_deleted()
            .filter(comments::id.eq(uid(id)))
            .select((
                (
                    comments::id,
                    comments::post_id,
                    comments::parent_id,
                    comments::author_id,
                    comments::number,
                    comments::contents,
                    comments::hidden_reason,
                    comments::created_at,
                    comments::deleted_at,
                    comments::removed_at,
                ),
                (posts::author_id, posts::deleted_at.is_null().and(posts::removed_at.is_null())),
                board_columns!(),
                (users::id, users::nickname, users::is_staff, users::deleted_at).nullable(),
                profile_image!(comments::author_id),
                own_number(uid(viewer.user)),
                is_immune!(comments::id),
            ))
            .into_boxed();
        if !viewer.is_admin() {
            query = query.filter(posts::school_id.eq(uid(viewer.school)));
        }
        query.first(c).optional()
    })?;
    row.map(|row| row.into_item(viewer)).transpose()
}
