//! Which comments a page of a thread shows, as a condition on `comments.id`: the page of top-level comments, and the
//! first replies to each.
//!
//! Diesel has no words for "the first n of each". Written as a fragment of its own, the statement stays prepared.

use crate::columns::{Instant, InstantValue, Uid, UidValue, at, uid};
use diesel::backend::Backend;
use diesel::expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::serialize::ToSql;
use diesel::sql_types::{BigInt, Bool, HasSqlType};
use diesel::sqlite::Sqlite;
use madang_domain::ids::PostId;
use madang_domain::paging::FeedRequest;

/// See the module.
#[derive(Clone, Copy, Debug)]
pub(super) struct InPage {
    post: UidValue,
    bound: Option<(InstantValue, UidValue)>,
    ascending: bool,
    comments: i64,
    replies: i64,
}

impl InPage {
    /// One comment and one reply more than asked for, which tell that there are more.
    pub(super) fn new(post: PostId, request: &FeedRequest, replies_max: u32) -> Self {
        Self {
            post: uid(post),
            bound: request.bound().map(|bound| (at(bound.at), uid(bound.id))),
            ascending: request.ascending(),
            comments: i64::from(request.limit) + 1,
            replies: i64::from(replies_max) + 1,
        }
    }

    fn walk<'b, DB>(&'b self, out: &mut AstPass<'_, 'b, DB>, each_reply: [&str; 2]) -> QueryResult<()>
    where
        DB: Backend + HasSqlType<Uid> + HasSqlType<Instant> + HasSqlType<BigInt>,
        UidValue: ToSql<Uid, DB>,
        InstantValue: ToSql<Instant, DB>,
        i64: ToSql<BigInt, DB>,
    {
        out.push_sql("comments.id IN (WITH page AS (SELECT t.id FROM comments t WHERE t.post_id = ");
        out.push_bind_param::<Uid, _>(&self.post)?;
        // What is left of a comment stays in its place as long as it has live replies.
        out.push_sql(
            " AND t.parent_id IS NULL AND (t.deleted_at IS NULL AND t.removed_at IS NULL OR t.reply_count > 0)",
        );
        if let Some((bound_at, bound_id)) = &self.bound {
            out.push_sql(if self.ascending {
                " AND (t.created_at, t.id) > ("
            } else {
                " AND (t.created_at, t.id) < ("
            });
            out.push_bind_param::<Instant, _>(bound_at)?;
            out.push_sql(", ");
            out.push_bind_param::<Uid, _>(bound_id)?;
            out.push_sql(")");
        }
        out.push_sql(if self.ascending {
            " ORDER BY t.created_at, t.id LIMIT "
        } else {
            " ORDER BY t.created_at DESC, t.id DESC LIMIT "
        });
        out.push_bind_param::<BigInt, _>(&self.comments)?;
        let [before, after] = each_reply;
        out.push_sql(") SELECT page.id FROM page UNION ALL SELECT r.id FROM page ");
        out.push_sql(before);
        out.push_sql(
            "(SELECT n.id FROM comments n WHERE n.parent_id = page.id AND n.deleted_at IS NULL \
             AND n.removed_at IS NULL ORDER BY n.created_at, n.id LIMIT ",
        );
        out.push_bind_param::<BigInt, _>(&self.replies)?;
        out.push_sql(after);
        out.push_sql(")");
        Ok(())
    }
}

impl QueryFragment<Sqlite> for InPage {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        // SQLite has no LATERAL, but looks up each id of a list that belongs to the row.
        self.walk(&mut out, ["CROSS JOIN comments r ON r.id IN ", ")"])
    }
}

#[cfg(feature = "postgres")]
impl QueryFragment<diesel::pg::Pg> for InPage {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, diesel::pg::Pg>) -> QueryResult<()> {
        self.walk(&mut out, ["CROSS JOIN LATERAL ", ") r"])
    }
}

impl QueryId for InPage {
    type QueryId = ();

    // Its text depends on its values.
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl Expression for InPage {
    type SqlType = Bool;
}

impl<QS> AppearsOnTable<QS> for InPage {}
impl<QS> SelectableExpression<QS> for InPage {}

impl ValidGrouping<()> for InPage {
    type IsAggregate = is_aggregate::Never;
}
