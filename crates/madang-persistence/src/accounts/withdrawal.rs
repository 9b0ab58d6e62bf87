//! Withdrawn users, until they are erased.

use super::row::UserRow;
use super::{live, with_deleted};
use crate::columns::{InstantValue, UidValue, at, uid};
use crate::connection::{Conn, run};
use crate::schema::users;
use crate::unit_of_work::DieselUnitOfWork;
use diesel::dsl::auto_type;
use diesel::prelude::*;
use madang_domain::accounts::{AccountState, EnrolmentProof, WithdrawnUser};
use madang_domain::ctx::Timestamp;
use madang_domain::ids::UserId;
use madang_domain::store::StoreError;

/// Those who have withdrawn, erased or not.
#[auto_type]
fn with_withdrawn() -> _ {
    users::table.filter(users::deleted_at.is_not_null())
}

type WithdrawnRow = (UserRow, Option<Vec<u8>>, Option<Timestamp>);

pub(super) fn mark_withdrawn(
    uow: &mut DieselUnitOfWork<'_>,
    id: UserId,
    now: Timestamp,
    purge_at: Timestamp,
) -> Result<(), StoreError> {
    uow.touch_user(id);
    let user = live().filter(users::id.eq(uid(id)));
    let withdrawn = (
        users::state.eq(AccountState::Withdrawn.as_str()),
        users::deleted_at.eq(at(now)),
        users::deleted_by.eq(uid(id)),
        users::purge_at.eq(at(purge_at)),
        users::epoch.eq(users::epoch + 1),
        users::updated_at.eq(at(now)),
    );
    run!(uow, |c| diesel::update(user).set(withdrawn).execute(c))?;
    Ok(())
}

pub(super) fn find_for_change(
    uow: &mut DieselUnitOfWork<'_>,
    id: UserId,
) -> Result<Option<WithdrawnUser>, StoreError> {
    macro_rules! found {
        () => {
            with_withdrawn().filter(users::id.eq(uid(id))).select((
                UserRow::as_select(),
                users::enrolment_hmac,
                users::purge_at,
            ))
        };
    }
    let row: QueryResult<Option<WithdrawnRow>> = match &mut *uow.conn {
        // A write unit on SQLite is alone anyway.
        Conn::Sqlite(c) => found!().first(c).optional(),
        #[cfg(feature = "postgres")]
        Conn::Pg(c) => found!().for_no_key_update().first(c).optional(),
    };
    let Some((row, enrolment, purge_at)) = uow.judge(row)? else { return Ok(None) };
    let enrolment = match enrolment {
        Some(bytes) => Some(EnrolmentProof(
            bytes.try_into().map_err(|_| StoreError::internal("users.enrolment_hmac is no keyed hash"))?,
        )),
        None => None,
    };
    Ok(Some(WithdrawnUser { user: row.try_into()?, enrolment, purge_at }))
}

pub(super) fn restore(
    uow: &mut DieselUnitOfWork<'_>,
    id: UserId,
    state: AccountState,
    now: Timestamp,
) -> Result<(), StoreError> {
    uow.touch_user(id);
    let user = with_withdrawn().filter(users::id.eq(uid(id)));
    let restored = (
        users::state.eq(state.as_str()),
        users::deleted_at.eq(None::<InstantValue>),
        users::deleted_by.eq(None::<UidValue>),
        users::purge_at.eq(None::<InstantValue>),
        users::epoch.eq(users::epoch + 1),
        users::updated_at.eq(at(now)),
    );
    run!(uow, |c| diesel::update(user).set(restored).execute(c))?;
    Ok(())
}

pub(super) fn list_purgeable(
    uow: &mut DieselUnitOfWork<'_>,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<UserId>, StoreError> {
    run!(uow, |c| {
        with_deleted()
            .filter(users::purge_at.is_not_null())
            .filter(users::purge_at.assume_not_null().le(at(now)))
            .order(users::purge_at)
            .limit(limit.into())
            .select(users::id)
            .load(c)
    })
}

pub(super) fn list_unproven(
    uow: &mut DieselUnitOfWork<'_>,
    before: Timestamp,
    limit: u32,
) -> Result<Vec<UserId>, StoreError> {
    run!(uow, |c| {
        live()
            .filter(users::email_verified_at.is_null())
            .filter(users::enrolment_verified_at.is_null())
            .filter(users::created_at.lt(at(before)))
            .order(users::created_at)
            .limit(limit.into())
            .select(users::id)
            .load(c)
    })
}
