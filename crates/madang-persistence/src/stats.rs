//! Counts of what happened.

use crate::columns::{Instant, Uid, at, uid};
use crate::connection::{Conn, run};
use crate::schema::{active_days, sessions, users};
use crate::unit_of_work::DieselUnitOfWork;
use chrono::NaiveDate;
use diesel::dsl::count;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer};
use madang_domain::ctx::Timestamp;
use madang_domain::ids::SchoolId;
use madang_domain::stats::{Happened, StatsRepository, Tally};
use madang_domain::store::StoreError;

/// Seconds of a quarter of an hour.
const QUARTER: i64 = 900;

#[derive(QueryableByName)]
struct TallyRow {
    #[diesel(sql_type = Integer)]
    what: i32,
    #[diesel(sql_type = BigInt)]
    quarter: i64,
    #[diesel(sql_type = BigInt)]
    times: i64,
}

/// The statement over all kinds. It is written out, because Diesel has no union of groups, and the two databases divide
/// instants in ways of their own.
fn statement(sqlite: bool, of_school: bool) -> String {
    let (mark, quarter) = if sqlite {
        ("?", "created_at / 900000000")
    } else {
        ("$", "floor(extract(epoch FROM created_at) / 900)::int8")
    };
    let part = |what: Happened| {
        let Source { from, at, school } = source(what);
        let school = if of_school { format!(" AND {school} = {mark}3") } else { String::new() };
        let quarter = quarter.replace("created_at", at);
        let what = what as usize;
        format!(
            "SELECT {what} AS what, {quarter} AS quarter, COUNT(*) AS times FROM {from} \
             AND {at} >= {mark}1 AND {at} < {mark}2{school} GROUP BY 2"
        )
    };
    Happened::ALL.map(part).join(" UNION ALL ")
}

/// Where something that happened is found.
struct Source {
    /// The tables, and which of their rows are still there.
    from: &'static str,
    /// When it happened.
    at: &'static str,
    /// In which school.
    school: &'static str,
}

fn source(what: Happened) -> Source {
    let source = |from, at, school| Source { from, at, school };
    match what {
        Happened::SignUp => source("users WHERE TRUE", "users.created_at", "users.school_id"),
        Happened::Post => source(
            "posts WHERE posts.deleted_at IS NULL AND posts.removed_at IS NULL",
            "posts.created_at",
            "posts.school_id",
        ),
        Happened::Comment => source(
            "comments JOIN posts ON posts.id = comments.post_id \
             WHERE comments.deleted_at IS NULL AND comments.removed_at IS NULL",
            "comments.created_at",
            "posts.school_id",
        ),
        Happened::Message => source(
            "messages JOIN message_sides ON message_sides.thread_id = messages.thread_id \
             AND message_sides.is_opener = messages.from_opener \
             JOIN users ON users.id = message_sides.user_id WHERE TRUE",
            "messages.created_at",
            "users.school_id",
        ),
        Happened::Report => source(
            "reports JOIN moderation_cases ON moderation_cases.id = reports.case_id WHERE TRUE",
            "reports.created_at",
            "moderation_cases.school_id",
        ),
        Happened::Sanction => source("sanctions WHERE TRUE", "sanctions.starts_at", "sanctions.school_id"),
        Happened::Appeal => source("appeals WHERE TRUE", "appeals.created_at", "appeals.school_id"),
    }
}

impl StatsRepository for DieselUnitOfWork<'_> {
    fn list_tallies(
        &mut self,
        school: Option<SchoolId>,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<Tally>, StoreError> {
        let text = statement(matches!(self.conn, Conn::Sqlite(_)), school.is_some());
        let rows: Vec<TallyRow> = run!(self, |c| {
            let query = diesel::sql_query(text.as_str())
                .into_boxed()
                .bind::<Instant, _>(at(from))
                .bind::<Instant, _>(at(to));
            match school {
                Some(school) => query.bind::<Uid, _>(uid(school)).load(c),
                None => query.load(c),
            }
        })?;
        rows.into_iter()
            .map(|row| {
                let what = usize::try_from(row.what).ok().and_then(|n| Happened::ALL.get(n).copied());
                let what = what.ok_or_else(|| StoreError::internal("something else has happened"))?;
                let from = Timestamp::from_timestamp(row.quarter * QUARTER, 0);
                let from = from.ok_or_else(|| StoreError::internal("an instant is out of range"))?;
                Ok(Tally { what, from, count: row.times })
            })
            .collect()
    }

    fn list_active(
        &mut self,
        school: Option<SchoolId>,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Vec<(NaiveDate, i64)>, StoreError> {
        run!(self, |c| {
            let days = active_days::table.filter(active_days::day.between(from, to));
            let mut query = days.select((active_days::day, active_days::users)).into_boxed();
            if let Some(school) = school {
                query = query.filter(active_days::school_id.eq(uid(school)));
            }
            query.load(c)
        })
    }

    fn count_active(&mut self, school: SchoolId, since: Timestamp) -> Result<i64, StoreError> {
        run!(self, |c| {
            sessions::table
                .inner_join(users::table)
                .filter(users::school_id.eq(uid(school)))
                .filter(
                    sessions::created_at.ge(at(since)).or(sessions::rotated_at
                        .assume_not_null()
                        .ge(at(since))
                        .and(sessions::rotated_at.is_not_null())),
                )
                .select(count(sessions::user_id).aggregate_distinct())
                .first(c)
        })
    }

    fn save_active(&mut self, school: SchoolId, day: NaiveDate, users: i64) -> Result<(), StoreError> {
        let row =
            (active_days::school_id.eq(uid(school)), active_days::day.eq(day), active_days::users.eq(users));
        let known = active_days::table.find((uid(school), day));
        run!(self, |c| {
            diesel::insert_into(active_days::table).values(row).on_conflict_do_nothing().execute(c)?;
            diesel::update(known.filter(active_days::users.lt(users)))
                .set(active_days::users.eq(users))
                .execute(c)
        })?;
        Ok(())
    }
}
