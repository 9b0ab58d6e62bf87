//! Counters of posts, which add to themselves, and the stamps that they lead to.

use crate::columns::{at, uid};
use crate::connection::run;
use crate::schema::posts;
use crate::unit_of_work::DieselUnitOfWork;
use diesel::prelude::*;
use madang_domain::ctx::Timestamp;
use madang_domain::ids::PostId;
use madang_domain::store::StoreError;

pub(super) fn bump_likes(uow: &mut DieselUnitOfWork<'_>, id: PostId, by: i64) -> Result<i64, StoreError> {
    run!(uow, |c| {
        diesel::update(posts::table.filter(posts::id.eq(uid(id))))
            .set(posts::like_count.eq(posts::like_count + by))
            .returning(posts::like_count)
            .get_result(c)
    })
}

pub(super) fn bump_scraps(uow: &mut DieselUnitOfWork<'_>, id: PostId, by: i64) -> Result<(), StoreError> {
    run!(uow, |c| {
        diesel::update(posts::table.filter(posts::id.eq(uid(id))))
            .set(posts::scrap_count.eq(posts::scrap_count + by))
            .execute(c)
    })?;
    Ok(())
}

pub(super) fn bump_comments(uow: &mut DieselUnitOfWork<'_>, id: PostId, by: i64) -> Result<(), StoreError> {
    run!(uow, |c| {
        diesel::update(posts::table.filter(posts::id.eq(uid(id))))
            .set(posts::comment_count.eq(posts::comment_count + by))
            .execute(c)
    })?;
    Ok(())
}

pub(super) fn mark_answered(
    uow: &mut DieselUnitOfWork<'_>,
    id: PostId,
    when: Timestamp,
) -> Result<(), StoreError> {
    run!(uow, |c| {
        diesel::update(posts::table.filter(posts::id.eq(uid(id))).filter(posts::answered_at.is_null()))
            .set(posts::answered_at.eq(at(when)))
            .execute(c)
    })?;
    Ok(())
}

pub(super) fn bump_views(uow: &mut DieselUnitOfWork<'_>, ids: &[PostId], by: i64) -> Result<(), StoreError> {
    let ids: Vec<_> = ids.iter().map(|id| uid(*id)).collect();
    run!(uow, |c| {
        diesel::update(posts::table.filter(posts::id.eq_any(&ids)))
            .set(posts::view_count.eq(posts::view_count + by))
            .execute(c)
    })?;
    Ok(())
}

pub(super) fn stamp_hot(
    uow: &mut DieselUnitOfWork<'_>,
    id: PostId,
    when: Timestamp,
) -> Result<(), StoreError> {
    run!(uow, |c| {
        diesel::update(posts::table.filter(posts::id.eq(uid(id))).filter(posts::hot_at.is_null()))
            .set(posts::hot_at.eq(at(when)))
            .execute(c)
    })?;
    Ok(())
}

pub(super) fn stamp_best(
    uow: &mut DieselUnitOfWork<'_>,
    id: PostId,
    when: Timestamp,
) -> Result<(), StoreError> {
    run!(uow, |c| {
        diesel::update(posts::table.filter(posts::id.eq(uid(id))).filter(posts::best_at.is_null()))
            .set(posts::best_at.eq(at(when)))
            .execute(c)
    })?;
    Ok(())
}
