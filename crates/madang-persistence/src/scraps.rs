//! Scraps.

use crate::anonymity::wrote_post;
use crate::columns::{UidValue, at, uid};
use crate::connection::run;
use crate::filters::{filter_one_of, piece};
use crate::keyset::walk;
use crate::likes::likes_post;
use crate::media::profile_image;
use crate::mutes::mutes_post;
use crate::posts::{PostRow, live, narrow_by_search, narrow_to_listed, post_columns};
use crate::schema::{boards, media, posts, scraps, users};
use crate::unit_of_work::DieselUnitOfWork;
use diesel::dsl::{auto_type, exists};
use diesel::prelude::*;
use diesel::sql_types::Bool;
use madang_domain::actor::{Actor, Role};
use madang_domain::ctx::Timestamp;
use madang_domain::ids::{PostId, UserId};
use madang_domain::paging::{Feed, Position};
use madang_domain::scraps::{ScrapQuery, ScrapRepository, ScrapView};
use madang_domain::store::StoreError;

/// Whether `viewer` keeps the post of the row.
#[auto_type]
pub(crate) fn keeps_post(viewer: UidValue) -> _ {
    exists(scraps::table.filter(scraps::user_id.eq(viewer)).filter(scraps::post_id.eq(posts::id)))
}

impl ScrapRepository for DieselUnitOfWork<'_> {
    fn add(&mut self, user: UserId, post: PostId, when: Timestamp) -> Result<bool, StoreError> {
        let row =
            (scraps::user_id.eq(uid(user)), scraps::post_id.eq(uid(post)), scraps::created_at.eq(at(when)));
        let rows = run!(self, |c| {
            diesel::insert_into(scraps::table).values(row).on_conflict_do_nothing().execute(c)
        })?;
        Ok(rows == 1)
    }

    fn remove(&mut self, user: UserId, post: PostId) -> Result<bool, StoreError> {
        let scrap = scraps::table.find((uid(user), uid(post)));
        let rows = run!(self, |c| diesel::delete(scrap).execute(c))?;
        Ok(rows == 1)
    }

    fn list(&mut self, viewer: &Actor, query: &ScrapQuery) -> Result<Feed<ScrapView>, StoreError> {
        let ScrapQuery { board, search, request, contents_chars } = query;
        let chars = i32::try_from(*contents_chars).unwrap_or(i32::MAX);
        let rows: Vec<(Timestamp, PostRow)> = run!(self, |c| {
            let contents = piece(posts::contents.nullable(), 1, chars).assume_not_null();
            let mut query = live()
                .inner_join(scraps::table.on(scraps::post_id.eq(posts::id)))
                .filter(scraps::user_id.eq(uid(viewer.user)))
                .select((scraps::created_at, post_columns!(contents, viewer, true.into_sql::<Bool>())))
                .into_boxed();
            narrow_to_listed!(query, viewer);
            filter_one_of!(query, board, posts::board_id, uid);
            narrow_by_search!(query, search);
            walk!(query, request, scraps, created_at, post_id).load(c)
        })?;
        let view = |(scrapped_at, row): (Timestamp, PostRow)| {
            Ok(ScrapView { scrapped_at, post: row.into_view(viewer)? })
        };
        let scraps = rows.into_iter().map(view).collect::<Result<Vec<_>, StoreError>>()?;
        let position = |scrap: &ScrapView| Position { at: scrap.scrapped_at, id: scrap.post.id.into() };
        Ok(Feed::assemble(request, scraps, position))
    }
}
