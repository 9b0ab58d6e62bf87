//! Lists of comments, each one statement.

use super::in_page::in_page;
use super::row::{CommentRow, ThreadRow, comment_columns, thread_columns};
use super::shown::{is_shown, is_shown_reply};
use super::{live, with_author};
use crate::anonymity::{WrittenBy, own_number, wrote_post};
use crate::blocks::{comment_is_blocked, post_is_unblocked};
use crate::columns::{at, uid};
use crate::connection::run;
use crate::filters::{filter_one_of, filter_ordered};
use crate::keyset::walk;
use crate::likes::likes_comment;
use crate::media::profile_image;
use crate::schema::{boards, comments, media, posts as posts_table, users};
use crate::unit_of_work::DieselUnitOfWork;
use diesel::prelude::*;
use madang_domain::actor::{Actor, Role};
use madang_domain::comments::{CommentTree, CommentView, FoundComment, OwnCommentFilter, Thread};
use madang_domain::ids::CommentId;
use madang_domain::paging::{Feed, FeedRequest, Position};
use madang_domain::store::StoreError;
use std::collections::HashMap;

fn position(comment: &CommentView) -> Position {
    Position { at: comment.created_at, id: comment.id.into() }
}

fn views(rows: Vec<CommentRow>, viewer: &Actor, thread: &Thread) -> Result<Vec<CommentView>, StoreError> {
    rows.into_iter().map(|row| row.into_view(viewer, thread)).collect()
}

/// Threads of so many comments are read whole, which costs less than finding what a page shows of them.
const WHOLE_MAX: i64 = 100;

pub(super) fn list(
    uow: &mut DieselUnitOfWork<'_>,
    viewer: &Actor,
    thread: &Thread,
    request: FeedRequest,
    replies_max: u32,
) -> Result<Feed<CommentTree>, StoreError> {
    let rows: Vec<CommentRow> = match thread.comment_count {
        0..=WHOLE_MAX => run!(uow, |c| {
            with_author()
                .filter(comments::post_id.eq(uid(thread.post.id)))
                .filter(is_shown(uid(viewer.user)))
                .select(comment_columns!(viewer))
                .load(c)
        })?,
        _ => {
            let shown = in_page(uow.conn, viewer, thread.post.id, &request, replies_max);
            run!(uow, |c| with_author().filter(shown).select(comment_columns!(viewer)).load(c))?
        }
    };
    let mut comments = Vec::new();
    let mut replies: HashMap<CommentId, Vec<CommentView>> = HashMap::new();
    for comment in views(rows, viewer, thread)? {
        match comment.parent_id {
            None => comments.push(comment),
            Some(parent) => replies.entry(parent).or_default().push(comment),
        }
    }
    comments.sort_unstable_by_key(position);
    if !request.ascending() {
        comments.reverse();
    }
    if let Some(bound) = request.bound() {
        comments.retain(|comment| match request.ascending() {
            true => position(comment) > bound,
            false => position(comment) < bound,
        });
    }
    comments.truncate(request.limit as usize + 1);
    let feed = Feed::assemble(&request, comments, position);
    let limit = replies_max as usize;
    Ok(feed.map(|comment| {
        let mut replies = replies.remove(&comment.id).unwrap_or_default();
        replies.sort_unstable_by_key(position);
        let more = replies.len() > limit;
        replies.truncate(limit);
        let replies_next = replies.last().map(position).filter(|_| more);
        CommentTree { comment, replies, replies_next }
    }))
}

pub(super) fn list_replies(
    uow: &mut DieselUnitOfWork<'_>,
    viewer: &Actor,
    thread: &Thread,
    parent: CommentId,
    request: FeedRequest,
) -> Result<Feed<CommentView>, StoreError> {
    let rows: Vec<CommentRow> = run!(uow, |c| {
        let mut query = with_author()
            .filter(comments::parent_id.eq(uid(parent)))
            .filter(is_shown_reply(uid(viewer.user)))
            .select(comment_columns!(viewer))
            .into_boxed();
        walk!(query, request, comments, created_at, id).load(c)
    })?;
    Ok(Feed::assemble(&request, views(rows, viewer, thread)?, position))
}

pub(super) fn list_own(
    uow: &mut DieselUnitOfWork<'_>,
    viewer: &Actor,
    filter: &OwnCommentFilter,
    request: FeedRequest,
) -> Result<Feed<FoundComment>, StoreError> {
    let rows: Vec<(ThreadRow, CommentRow)> = run!(uow, |c| {
        let mut query = live()
            .filter(WrittenBy::comments(uid(viewer.user)))
            .filter(post_is_unblocked(uid(viewer.user)))
            .filter(
                posts_table::hidden_reason
                    .is_null()
                    .or(posts_table::author_id.eq(uid(viewer.user)))
                    .or(wrote_post(uid(viewer.user))),
            )
            .select((thread_columns!(viewer), comment_columns!(viewer)))
            .into_boxed();
        if !viewer.is_admin() {
            query = query.filter(posts_table::school_id.eq(uid(viewer.school)));
        }
        if viewer.role == Role::Guest {
            query = query.filter(boards::guest_readable.eq(true));
        }
        filter_one_of!(query, &filter.board, posts_table::board_id, uid);
        filter_one_of!(query, &filter.post, comments::post_id, uid);
        filter_ordered!(query, &filter.created_at, comments::created_at, at);
        walk!(query, request, comments, created_at, id).load(c)
    })?;
    let found = rows.into_iter().map(|(thread, comment)| {
        let thread = thread.into_thread(viewer);
        let comment = comment.into_view(viewer, &thread)?;
        Ok(FoundComment { thread, comment })
    });
    let found = found.collect::<Result<Vec<_>, StoreError>>()?;
    Ok(Feed::assemble(&request, found, |found| position(&found.comment)))
}
