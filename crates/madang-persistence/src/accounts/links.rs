//! One-time links.

use crate::columns::{at, uid};
use crate::connection::run;
use crate::schema::one_time_links;
use crate::unit_of_work::DieselUnitOfWork;
use diesel::prelude::*;
use madang_domain::accounts::{Email, LinkPurpose, LinkRepository, OneTimeLink};
use madang_domain::ctx::Timestamp;
use madang_domain::ids::UserId;
use madang_domain::store::StoreError;

#[derive(Queryable, Selectable)]
#[diesel(table_name = one_time_links)]
struct LinkRow {
    purpose: String,
    user_id: UserId,
    user_epoch: i64,
    email: String,
    created_at: Timestamp,
    expires_at: Timestamp,
}

impl LinkRow {
    fn into_link(self, digest: [u8; 32]) -> Result<OneTimeLink, StoreError> {
        let purpose = LinkPurpose::from_word(&self.purpose);
        Ok(OneTimeLink {
            digest,
            purpose: purpose.ok_or_else(|| StoreError::internal("a link's purpose is an unknown word"))?,
            user: self.user_id,
            epoch: self.user_epoch,
            email: Email::stored(self.email),
            created_at: self.created_at,
            expires_at: self.expires_at,
        })
    }
}

impl LinkRepository for DieselUnitOfWork<'_> {
    fn add(&mut self, link: &OneTimeLink) -> Result<(), StoreError> {
        LinkRepository::delete(self, link.user, link.purpose)?;
        run!(self, |c| {
            diesel::insert_into(one_time_links::table)
                .values((
                    one_time_links::secret_sha256.eq(&link.digest[..]),
                    one_time_links::purpose.eq(link.purpose.as_str()),
                    one_time_links::user_id.eq(uid(link.user)),
                    one_time_links::user_epoch.eq(link.epoch),
                    one_time_links::email.eq(link.email.as_str()),
                    one_time_links::created_at.eq(at(link.created_at)),
                    one_time_links::expires_at.eq(at(link.expires_at)),
                ))
                .execute(c)
        })?;
        Ok(())
    }

    fn find(&mut self, digest: &[u8; 32]) -> Result<Option<OneTimeLink>, StoreError> {
        let unused = one_time_links::table.find(&digest[..]).filter(one_time_links::used_at.is_null());
        let row = run!(self, |c| unused.select(LinkRow::as_select()).first(c).optional())?;
        row.map(|row| row.into_link(*digest)).transpose()
    }

    fn mark_used(&mut self, digest: &[u8; 32], now: Timestamp) -> Result<bool, StoreError> {
        let good = one_time_links::table
            .find(&digest[..])
            .filter(one_time_links::used_at.is_null())
            .filter(one_time_links::expires_at.gt(at(now)));
        let used = run!(self, |c| diesel::update(good).set(one_time_links::used_at.eq(at(now))).execute(c))?;
        Ok(used == 1)
    }

    fn find_newest(&mut self, user: UserId, purpose: LinkPurpose) -> Result<Option<Timestamp>, StoreError> {
        run!(self, |c| {
            one_time_links::table
                .filter(one_time_links::user_id.eq(uid(user)))
                .filter(one_time_links::purpose.eq(purpose.as_str()))
                .select(one_time_links::created_at)
                .first(c)
                .optional()
        })
    }

    fn delete(&mut self, user: UserId, purpose: LinkPurpose) -> Result<(), StoreError> {
        let links = one_time_links::table
            .filter(one_time_links::user_id.eq(uid(user)))
            .filter(one_time_links::purpose.eq(purpose.as_str()));
        run!(self, |c| diesel::delete(links).execute(c))?;
        Ok(())
    }

    fn purge(&mut self, before: Timestamp) -> Result<usize, StoreError> {
        let expired = one_time_links::table.filter(one_time_links::expires_at.lt(at(before)));
        run!(self, |c| diesel::delete(expired).execute(c))
    }
}
