//! The mark that staff put on posts.

use super::search;
use crate::columns::{InstantValue, at, uid};
use crate::connection::run;
use crate::schema::posts;
use crate::unit_of_work::DieselUnitOfWork;
use diesel::prelude::*;
use madang_domain::ctx::Timestamp;
use madang_domain::ids::PostId;
use madang_domain::store::StoreError;

/// Puts it on, and takes the post out of the search.
pub(crate) fn mark_removed(
    uow: &mut DieselUnitOfWork<'_>,
    id: PostId,
    when: Timestamp,
) -> Result<(), StoreError> {
    run!(uow, |c| {
        diesel::update(posts::table.filter(posts::id.eq(uid(id))))
            .set((posts::removed_at.eq(at(when)), posts::hidden_reason.eq(None::<String>)))
            .execute(c)
    })?;
    search::remove(uow, id)
}

/// Takes it off; a post that its author has not deleted is found again.
pub(crate) fn unmark_removed(uow: &mut DieselUnitOfWork<'_>, id: PostId) -> Result<(), StoreError> {
    let (is_deleted, restored): (bool, search::Indexed) = run!(uow, |c| {
        diesel::update(posts::table.filter(posts::id.eq(uid(id))))
            .set(posts::removed_at.eq(None::<InstantValue>))
            .returning((posts::deleted_at.is_not_null(), search::indexed!()))
            .get_result(c)
    })?;
    if is_deleted { Ok(()) } else { search::add(uow, &restored) }
}
