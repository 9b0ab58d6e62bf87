//! Counters of posts, which add to themselves, and the stamps that they lead to.

use crate::columns::{at, uid};
use crate::connection::{Conn, run};
use crate::json_rows::json_rows;
use crate::schema::posts;
use crate::unit_of_work::DieselUnitOfWork;
use diesel::prelude::*;
use diesel::sql_types::Text;
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

/// One statement. On PostgreSQL posts are taken in their order, so that two nodes do not wait for each other.
pub(super) fn bump_views(
    uow: &mut DieselUnitOfWork<'_>,
    readers: &[(PostId, i64)],
) -> Result<(), StoreError> {
    let bumped = match &mut *uow.conn {
        Conn::Sqlite(c) => {
            let rows = readers.iter().map(|(post, number)| (post.0.simple().to_string(), *number));
            diesel::sql_query(
                "UPDATE posts SET view_count = view_count + v.n \
                 FROM (SELECT unhex(value ->> 0) AS id, value ->> 1 AS n FROM json_each(?)) AS v \
                 WHERE posts.id = v.id",
            )
            .bind::<Text, _>(json_rows(rows))
            .execute(c)
        }
        #[cfg(feature = "postgres")]
        Conn::Pg(c) => {
            use diesel::sql_types::{Array, BigInt};
            let ids: Vec<_> = readers.iter().map(|(post, _)| uid(*post)).collect();
            let numbers: Vec<i64> = readers.iter().map(|(_, number)| *number).collect();
            diesel::sql_query(
                "WITH v AS (SELECT p.id, r.n FROM posts AS p JOIN unnest($1::uuid[], $2::int8[]) AS r (id, n) ON r.id = p.id \
                 ORDER BY p.id FOR NO KEY UPDATE OF p) \
                 UPDATE posts SET view_count = view_count + v.n FROM v WHERE posts.id = v.id",
            )
            .bind::<Array<crate::columns::Uid>, _>(ids)
            .bind::<Array<BigInt>, _>(numbers)
            .execute(c)
        }
    };
    uow.judge(bumped).map(drop)
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
