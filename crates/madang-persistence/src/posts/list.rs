//! Lists of posts: one statement, by key. A search on PostgreSQL may need a second.

use super::narrow::narrow_to_best;
use super::search;
use super::{PostRow, live, narrow_by_search, narrow_to_readable, post_columns};
use crate::anonymity::{WrittenBy, wrote_post};
use crate::columns::{at, uid};
#[cfg(feature = "postgres")]
use crate::connection::attempt;
use crate::connection::{Conn, run};
use crate::filters::{filter_one_of, filter_ordered, filter_text, instr, piece};
#[cfg(feature = "postgres")]
use crate::keyset::bound;
use crate::keyset::walk;
use crate::likes::likes_post;
use crate::media::profile_image;
use crate::mutes::mutes_post;
use crate::schema::{boards, media, posts, schools, users};
use crate::scraps::keeps_post;
use crate::unit_of_work::DieselUnitOfWork;
use diesel::prelude::*;
use madang_domain::actor::{Actor, Role};
use madang_domain::filters::{TextLookup, TextTest};
use madang_domain::paging::{Feed, Position};
use madang_domain::posts::{BestWithin, PostKey, PostQuery, PostScope, PostView};
use madang_domain::store::StoreError;

pub(super) fn list(
    uow: &mut DieselUnitOfWork<'_>,
    viewer: &Actor,
    query: &PostQuery,
) -> Result<Feed<PostView>, StoreError> {
    let PostQuery { scope, key, filter, request, contents_chars } = query;
    let chars = i32::try_from(*contents_chars).unwrap_or(i32::MAX);
    let limit = i64::from(request.limit) + 1;
    /// The boxed query over these live posts with all its filters.
    macro_rules! narrowed {
        ($live:expr) => {{
            let contents = piece(posts::contents.nullable(), 1, chars).assume_not_null();
            let mut query = $live.select(post_columns!(contents, viewer)).into_boxed();
            narrow_to_readable!(query, viewer);
            query = match scope {
                PostScope::Board(board) => query.filter(posts::board_id.eq(uid(*board))),
                PostScope::Everywhere if filter.reads_text() => query.filter(boards::searchable.eq(true)),
                PostScope::Everywhere => query,
                PostScope::Own => query.filter(WrittenBy::posts(uid(viewer.user))),
            };
            if *scope != PostScope::Own {
                query = query.filter(posts::hidden_reason.is_null());
            }
            filter_one_of!(query, &filter.board, posts::board_id, uid);
            filter_one_of!(query, &filter.school, posts::school_id, uid);
            if let Some(authors) = &filter.author {
                let ids: Vec<_> = authors.0.iter().map(|id| uid(*id)).collect();
                // Who has withdrawn is nobody to ask for.
                let named = posts::author_id.eq_any(ids).and(users::deleted_at.is_null());
                query = if authors.0.contains(&viewer.user) {
                    query.filter(named.or(wrote_post(uid(viewer.user))))
                } else {
                    query.filter(named)
                };
            }
            filter_text!(query, &filter.title, posts::title, posts::title_fold);
            filter_text!(query, &filter.contents, posts::contents, posts::contents_fold);
            for needle in filter.hashtag.iter().map(tag_needle) {
                query = match needle {
                    Some(needle) => query.filter(instr(posts::hashtags.nullable(), needle).gt(0)),
                    None => query.filter(posts::hashtags.is_null()),
                };
            }
            narrow_by_search!(query, filter.search);
            if let Some(is_question) = filter.is_question {
                query = query.filter(posts::is_question.eq(is_question));
            }
            if let Some(is_anonymous) = filter.is_anonymous {
                query = query.filter(posts::is_anonymous.eq(is_anonymous));
            }
            filter_ordered!(query, &filter.like_count, posts::like_count, std::convert::identity::<i64>);
            filter_ordered!(
                query,
                &filter.comment_count,
                posts::comment_count,
                std::convert::identity::<i64>
            );
            filter_ordered!(query, &filter.created_at, posts::created_at, at);
            query
        }};
    }
    let rows: Vec<PostRow> = match (search::words(viewer, query), &mut *uow.conn) {
        (None, _) => run!(uow, |c| {
            let mut query = narrowed!(live());
            match key {
                PostKey::Written => walk!(query, request, posts, created_at, id).load(c),
                PostKey::Hot => {
                    query = query.filter(posts::hot_at.is_not_null());
                    walk!(query, request, posts, hot_at, id).load(c)
                }
                PostKey::Best => {
                    query = query.filter(posts::best_at.is_not_null());
                    if let Some(within) = &filter.best_within {
                        narrow_to_best!(query, within);
                    }
                    walk!(query, request, posts, best_at, id).load(c)
                }
            }
        })?,
        (Some(words), Conn::Sqlite(c)) => {
            let found = narrowed!(search::found_on_sqlite()).filter(search::matches(&words, request));
            let found = match request.ascending() {
                true => found.order(search::place().asc()),
                false => found.order(search::place().desc()),
            };
            let rows = found.limit(limit).load(c);
            uow.judge(rows)?
        }
        #[cfg(feature = "postgres")]
        (Some(words), Conn::Pg(c)) => {
            use search::on_postgres::{has_words, is_near, written_at};
            let rows = attempt(|| {
                let mut near = narrowed!(live()).filter(is_near(viewer, query));
                let rows: Vec<PostRow> = walk!(near, request, posts, created_at, id).load(c)?;
                if rows.len() > request.limit as usize {
                    return Ok(rows);
                }
                let mut found = narrowed!(live()).filter(has_words(&words));
                bound!(found, request, posts, created_at, id);
                let found = match request.ascending() {
                    true => found.order((written_at().asc(), posts::id.asc())),
                    false => found.order((written_at().desc(), posts::id.desc())),
                };
                found.limit(limit).load(c)
            });
            uow.judge(rows)?
        }
    };
    let posts = rows.into_iter().map(|row| row.into_view(viewer)).collect::<Result<Vec<_>, _>>()?;
    Ok(Feed::assemble(request, posts, |post| position(post, *key)))
}

fn position(post: &PostView, key: PostKey) -> Position {
    let at = match key {
        PostKey::Written => None,
        PostKey::Hot => post.hot_at,
        PostKey::Best => post.best_at,
    };
    Position { at: at.unwrap_or(post.created_at), id: post.id.into() }
}

/// What to look for in the column of tags, which are folded and stand between spaces; `None` matches no tag.
fn tag_needle(test: &TextTest) -> Option<String> {
    let value = &test.value;
    if value.contains(' ') {
        return None;
    }
    Some(match test.lookup {
        TextLookup::Exact | TextLookup::IExact => format!(" {value} "),
        TextLookup::Contains | TextLookup::IContains => value.clone(),
        TextLookup::StartsWith | TextLookup::IStartsWith => format!(" {value}"),
        TextLookup::EndsWith | TextLookup::IEndsWith => format!("{value} "),
    })
}
