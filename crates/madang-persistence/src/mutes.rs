//! Muted posts.

use crate::columns::{UidValue, uid};
use crate::connection::run;
use crate::schema::{post_mutes, posts};
use crate::unit_of_work::DieselUnitOfWork;
use diesel::dsl::{auto_type, exists};
use diesel::prelude::*;
use madang_domain::ids::{PostId, UserId};
use madang_domain::mutes::MuteRepository;
use madang_domain::store::StoreError;

/// Whether `viewer` has muted the post of the row.
#[auto_type]
pub(crate) fn mutes_post(viewer: UidValue) -> _ {
    exists(post_mutes::table.filter(post_mutes::user_id.eq(viewer)).filter(post_mutes::post_id.eq(posts::id)))
}

impl MuteRepository for DieselUnitOfWork<'_> {
    fn add(&mut self, user: UserId, post: PostId) -> Result<(), StoreError> {
        let row = (post_mutes::user_id.eq(uid(user)), post_mutes::post_id.eq(uid(post)));
        run!(self, |c| {
            diesel::insert_into(post_mutes::table).values(row).on_conflict_do_nothing().execute(c)
        })?;
        Ok(())
    }

    fn remove(&mut self, user: UserId, post: PostId) -> Result<(), StoreError> {
        let mute = post_mutes::table.find((uid(user), uid(post)));
        run!(self, |c| diesel::delete(mute).execute(c))?;
        Ok(())
    }
}
