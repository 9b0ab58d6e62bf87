//! The check of stored counters. The counts are written out in SQL, because the tables differ and the question does not:
//! nothing else in the house asks it, and no rule is in it but what a row must be to count.

use crate::columns::{Uid, uid};
use crate::connection::run;
use crate::unit_of_work::DieselUnitOfWork;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use madang_domain::counters::{Counter, CounterRepository, WrongCounter};
use madang_domain::store::StoreError;
use uuid::Uuid;

#[derive(QueryableByName)]
struct WrongRow {
    #[diesel(sql_type = Uid)]
    id: Uuid,
    #[diesel(sql_type = BigInt)]
    stored: i64,
    #[diesel(sql_type = BigInt)]
    counted: i64,
}

/// Where a counter stands, and what it counts, as SQL over the row `t`.
struct Count {
    table: &'static str,
    column: &'static str,
    rows: &'static str,
}

impl Count {
    fn of(counter: Counter) -> Self {
        let (table, column, rows) = match counter {
            Counter::BoardPosts => (
                "boards",
                "post_count",
                "posts r WHERE r.board_id = t.id AND r.deleted_at IS NULL AND r.removed_at IS NULL",
            ),
            Counter::CommentReplies => (
                "comments",
                "reply_count",
                "comments r WHERE r.parent_id = t.id AND r.deleted_at IS NULL AND r.removed_at IS NULL",
            ),
            Counter::PostComments => (
                "posts",
                "comment_count",
                "comments r WHERE r.post_id = t.id AND r.deleted_at IS NULL AND r.removed_at IS NULL",
            ),
            Counter::CommentLikes => ("comments", "like_count", "comment_likes r WHERE r.comment_id = t.id"),
            Counter::PostLikes => ("posts", "like_count", "post_likes r WHERE r.post_id = t.id"),
            Counter::PostScraps => ("posts", "scrap_count", "scraps r WHERE r.post_id = t.id"),
            Counter::PostViews => ("posts", "view_count", "post_views r WHERE r.post_id = t.id"),
            Counter::SchoolMembers => (
                "schools",
                "member_count",
                "users r WHERE r.school_id = t.id AND r.enrolment_verified_at IS NOT NULL \
                 AND r.deleted_at IS NULL",
            ),
        };
        Self { table, column, rows }
    }

    fn wrong(&self) -> String {
        let Self { table, column, rows } = self;
        format!(
            "SELECT * FROM (SELECT t.id, t.{column} AS stored, (SELECT count(*) FROM {rows}) AS counted \
             FROM {table} t) found WHERE stored <> counted"
        )
    }
}

impl CounterRepository for DieselUnitOfWork<'_> {
    fn list_wrong(&mut self, counter: Counter, limit: usize) -> Result<Vec<WrongCounter>, StoreError> {
        let sql = format!("{} LIMIT {limit}", Count::of(counter).wrong());
        let rows: Vec<WrongRow> = run!(self, |c| diesel::sql_query(&sql).load(c))?;
        let wrong = rows.into_iter().map(|WrongRow { id, stored, counted }| WrongCounter {
            counter,
            id,
            stored,
            counted,
        });
        Ok(wrong.collect())
    }

    fn repair(&mut self, counter: Counter, id: Uuid) -> Result<(), StoreError> {
        let Count { table, column, rows } = Count::of(counter);
        // A write unit on SQLite is alone anyway. Elsewhere whoever changes what is counted changes the counter as
        // well, and waits for the row until this unit has ended.
        #[cfg(feature = "postgres")]
        if let crate::connection::Conn::Pg(c) = &mut *self.conn {
            let hold = diesel::sql_query(format!("SELECT id FROM {table} WHERE id = $1 FOR UPDATE"));
            let held = hold.bind::<Uid, _>(uid(id)).execute(c);
            self.judge(held)?;
        }
        // Both databases know this mark.
        let sql = format!("UPDATE {table} AS t SET {column} = (SELECT count(*) FROM {rows}) WHERE t.id = $1");
        run!(self, |c| diesel::sql_query(&sql).bind::<Uid, _>(uid(id)).execute(c))?;
        Ok(())
    }
}
