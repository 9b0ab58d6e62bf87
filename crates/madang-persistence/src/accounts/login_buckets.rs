//! Failed logins.

use crate::columns::{Instant, at};
use crate::connection::run;
use crate::schema::login_buckets;
use crate::unit_of_work::DieselUnitOfWork;
use diesel::dsl::case_when;
use diesel::prelude::*;
use diesel::sql_types::Integer;
use madang_domain::accounts::{BucketKey, LoginBucket, LoginBucketRepository};
use madang_domain::ctx::Timestamp;
use madang_domain::store::StoreError;

#[derive(Queryable, Selectable)]
#[diesel(table_name = login_buckets)]
struct BucketRow {
    failures: i32,
    window_start: Timestamp,
    wait_until: Option<Timestamp>,
}

impl From<BucketRow> for LoginBucket {
    fn from(row: BucketRow) -> Self {
        Self {
            failures: row.failures.unsigned_abs(),
            window_start: row.window_start,
            wait_until: row.wait_until,
        }
    }
}

impl LoginBucketRepository for DieselUnitOfWork<'_> {
    fn find(&mut self, key: BucketKey) -> Result<Option<LoginBucket>, StoreError> {
        let row = login_buckets::table.find(&key.0[..]);
        Ok(run!(self, |c| row.select(BucketRow::as_select()).first(c).optional())?.map(Into::into))
    }

    fn bump_failures(
        &mut self,
        key: BucketKey,
        now: Timestamp,
        over_before: Timestamp,
    ) -> Result<LoginBucket, StoreError> {
        // One statement, so that parallel failures are all counted.
        let row: BucketRow =
            run!(self, |c| {
                let over = || login_buckets::window_start.le(at(over_before));
                diesel::insert_into(login_buckets::table)
                    .values((
                        login_buckets::key_hmac.eq(&key.0[..]),
                        login_buckets::failures.eq(1),
                        login_buckets::window_start.eq(at(now)),
                    ))
                    .on_conflict(login_buckets::key_hmac)
                    .do_update()
                    .set((
                        login_buckets::failures
                            .eq(case_when(over(), 1.into_sql::<Integer>())
                                .otherwise(login_buckets::failures + 1)),
                        login_buckets::window_start.eq(case_when(over(), at(now).into_sql::<Instant>())
                            .otherwise(login_buckets::window_start)),
                    ))
                    .returning(BucketRow::as_returning())
                    .get_result(c)
            })?;
        Ok(row.into())
    }

    fn save_wait(&mut self, key: BucketKey, until: Timestamp) -> Result<(), StoreError> {
        let row = login_buckets::table.find(&key.0[..]);
        run!(self, |c| diesel::update(row).set(login_buckets::wait_until.eq(at(until))).execute(c))?;
        Ok(())
    }

    fn delete(&mut self, key: BucketKey) -> Result<(), StoreError> {
        run!(self, |c| diesel::delete(login_buckets::table.find(&key.0[..])).execute(c))?;
        Ok(())
    }

    fn purge(&mut self, before: Timestamp) -> Result<usize, StoreError> {
        let old = login_buckets::table.filter(login_buckets::window_start.lt(at(before)));
        run!(self, |c| diesel::delete(old).execute(c))
    }
}
