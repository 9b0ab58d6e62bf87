//! Kept answers of repeated requests.

use crate::columns::{InstantValue, at};
use crate::connection::run;
use crate::schema::idempotency_keys;
use crate::unit_of_work::DieselUnitOfWork;
use diesel::prelude::*;
use madang_domain::ctx::Timestamp;
use madang_domain::idempotency::{IdempotencyRepository, KeptAnswer, RequestKey};
use madang_domain::store::StoreError;

#[derive(Queryable, Selectable)]
#[diesel(table_name = idempotency_keys)]
struct KeptAnswerRow {
    body_digest: Vec<u8>,
    answer: Option<Vec<u8>>,
    expires_at: Timestamp,
}

#[derive(AsChangeset, Insertable)]
#[diesel(table_name = idempotency_keys, treat_none_as_null = true)]
struct ClaimRow<'a> {
    key_digest: &'a [u8],
    body_digest: &'a [u8],
    answer: Option<&'a [u8]>,
    expires_at: InstantValue,
}

impl TryFrom<KeptAnswerRow> for KeptAnswer {
    type Error = StoreError;

    fn try_from(row: KeptAnswerRow) -> Result<Self, StoreError> {
        let digest = row.body_digest.try_into();
        let body_digest =
            digest.map_err(|_| StoreError::internal("a kept body digest is not 32 bytes long"))?;
        Ok(Self { body_digest, answer: row.answer })
    }
}

/// How often a claim meets a row that goes away before it can be read or taken over.
const TRIES: usize = 3;

impl IdempotencyRepository for DieselUnitOfWork<'_> {
    fn claim(
        &mut self,
        key: RequestKey,
        body_digest: [u8; 32],
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<Option<KeptAnswer>, StoreError> {
        let claim = ClaimRow {
            key_digest: &key.0,
            body_digest: &body_digest,
            answer: None,
            expires_at: at(expires_at),
        };
        for _ in 0..TRIES {
            // A parallel claim makes PostgreSQL wait here until its unit ends; SQLite runs them one after the other.
            let insert = diesel::insert_into(idempotency_keys::table).values(&claim).on_conflict_do_nothing();
            if run!(self, |c| insert.execute(c))? == 1 {
                return Ok(None);
            }
            let row = idempotency_keys::table.find(&key.0[..]);
            let kept = run!(self, |c| row.select(KeptAnswerRow::as_select()).first(c).optional())?;
            match kept {
                Some(kept) if kept.expires_at > now => return kept.try_into().map(Some),
                Some(_) => {
                    let expired = row.filter(idempotency_keys::expires_at.le(at(now)));
                    if run!(self, |c| diesel::update(expired).set(&claim).execute(c))? == 1 {
                        return Ok(None);
                    }
                }
                None => {}
            }
        }
        Err(StoreError::Busy)
    }

    fn find(&mut self, key: RequestKey, now: Timestamp) -> Result<Option<KeptAnswer>, StoreError> {
        let row = idempotency_keys::table.find(&key.0[..]).filter(idempotency_keys::expires_at.gt(at(now)));
        let kept = run!(self, |c| row.select(KeptAnswerRow::as_select()).first(c).optional())?;
        kept.map(KeptAnswer::try_from).transpose()
    }

    fn keep(&mut self, key: RequestKey, answer: &[u8]) -> Result<(), StoreError> {
        let row = idempotency_keys::table.find(&key.0[..]);
        run!(self, |c| diesel::update(row).set(idempotency_keys::answer.eq(answer)).execute(c))?;
        Ok(())
    }

    fn release(&mut self, key: RequestKey) -> Result<(), StoreError> {
        run!(self, |c| diesel::delete(idempotency_keys::table.find(&key.0[..])).execute(c))?;
        Ok(())
    }

    fn purge(&mut self, now: Timestamp) -> Result<usize, StoreError> {
        let expired = idempotency_keys::table.filter(idempotency_keys::expires_at.le(at(now)));
        run!(self, |c| diesel::delete(expired).execute(c))
    }
}
