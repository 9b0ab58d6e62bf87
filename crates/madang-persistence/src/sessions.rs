//! Login sessions.

use crate::accounts::state;
use crate::columns::{at, uid};
use crate::connection::run;
use crate::schema::{sessions, users};
use crate::unit_of_work::DieselUnitOfWork;
use diesel::dsl::auto_type;
use diesel::prelude::*;
use madang_domain::ctx::Timestamp;
use madang_domain::ids::{SchoolId, SessionId, UserId};
use madang_domain::paging::{Page, PageRequest};
use madang_domain::sessions::{
    Bearer, Delivery, RevokeReason, Session, SessionEnd, SessionRepository, Standing,
};
use madang_domain::store::StoreError;

#[derive(Queryable, Selectable)]
#[diesel(table_name = sessions)]
struct SessionRow {
    id: SessionId,
    user_id: UserId,
    delivery: String,
    nonce: Vec<u8>,
    key_id: i16,
    counter: i64,
    created_at: Timestamp,
    rotated_at: Option<Timestamp>,
    idle_at: Timestamp,
    abs_at: Timestamp,
    auth_time: Timestamp,
    revoked_at: Option<Timestamp>,
    revoke_reason: Option<String>,
    device_label: Option<String>,
}

/// The session's half of a standing.
#[derive(Queryable, Selectable)]
#[diesel(table_name = sessions)]
struct LifeRow {
    revoked_at: Option<Timestamp>,
    idle_at: Timestamp,
    abs_at: Timestamp,
}

/// The user's half of a standing.
#[derive(Queryable, Selectable)]
#[diesel(table_name = users)]
pub(crate) struct RightsRow {
    school_id: SchoolId,
    is_staff: bool,
    is_superuser: bool,
    email_verified_at: Option<Timestamp>,
    enrolment_verified_at: Option<Timestamp>,
    state: String,
    state_until: Option<Timestamp>,
}

impl LifeRow {
    fn into_standing(self, rights: RightsRow) -> Result<Standing, StoreError> {
        rights.into_standing(self.revoked_at.is_some(), self.idle_at, self.abs_at)
    }
}

impl RightsRow {
    /// The standing of a credential of this user, with its own half.
    pub(crate) fn into_standing(
        self,
        ended: bool,
        idle_at: Timestamp,
        abs_at: Timestamp,
    ) -> Result<Standing, StoreError> {
        Ok(Standing {
            ended,
            idle_at,
            abs_at,
            school: self.school_id,
            is_staff: self.is_staff,
            is_superuser: self.is_superuser,
            email_verified: self.email_verified_at.is_some(),
            enrolled: self.enrolment_verified_at.is_some(),
            state: state(&self.state)?,
            state_until: self.state_until,
        })
    }
}

impl TryFrom<SessionRow> for Session {
    type Error = StoreError;

    fn try_from(row: SessionRow) -> Result<Self, StoreError> {
        let wrong = |column: &str| StoreError::internal(format!("sessions.{column} holds no such value"));
        let reason = row
            .revoke_reason
            .as_deref()
            .map(|word| RevokeReason::from_word(word).ok_or_else(|| wrong("revoke_reason")));
        let ended = row.revoked_at.zip(reason.transpose()?).map(|(at, reason)| SessionEnd { at, reason });
        Ok(Self {
            id: row.id,
            user: row.user_id,
            delivery: Delivery::from_word(&row.delivery).ok_or_else(|| wrong("delivery"))?,
            nonce: row.nonce.try_into().map_err(|_| wrong("nonce"))?,
            key_id: row.key_id.try_into().map_err(|_| wrong("key_id"))?,
            counter: row.counter,
            created_at: row.created_at,
            rotated_at: row.rotated_at,
            idle_at: row.idle_at,
            abs_at: row.abs_at,
            auth_time: row.auth_time,
            ended,
            device_label: row.device_label,
        })
    }
}

/// The sessions of `user` that nobody has ended; they may have run out.
#[auto_type]
fn unended(user: UserId) -> _ {
    let whose: crate::columns::UidValue = uid(user);
    sessions::table.filter(sessions::user_id.eq(whose)).filter(sessions::revoked_at.is_null())
}

/// The sessions of `user` that are live at `now`.
#[auto_type]
fn live(user: UserId, now: Timestamp) -> _ {
    let when: crate::columns::InstantValue = at(now);
    let of_user: unended = unended(user);
    of_user.filter(sessions::idle_at.gt(when)).filter(sessions::abs_at.gt(when))
}

/// Ends `$sessions`; the number of rows.
macro_rules! end {
    ($uow:expr, $sessions:expr, $now:expr, $reason:expr) => {
        run!($uow, |c| {
            diesel::update($sessions)
                .set((sessions::revoked_at.eq(at($now)), sessions::revoke_reason.eq($reason.as_str())))
                .execute(c)
        })
    };
}

/// The standings of these bearers, as far as they are there; one statement for all of them.
pub(crate) fn find_standings(
    uow: &mut DieselUnitOfWork<'_>,
    bearers: &[Bearer],
) -> Result<Vec<(Bearer, Standing)>, StoreError> {
    let ids: Vec<_> = bearers.iter().map(|bearer| uid(bearer.session)).collect();
    let rows: Vec<(SessionId, UserId, LifeRow, RightsRow)> = run!(uow, |c| {
        sessions::table
            .inner_join(users::table)
            .filter(sessions::id.eq_any(ids))
            .select((sessions::id, sessions::user_id, LifeRow::as_select(), RightsRow::as_select()))
            .load(c)
    })?;
    let found = |(session, user, life, rights): (SessionId, UserId, LifeRow, RightsRow)| {
        Ok((Bearer { session, user }, life.into_standing(rights)?))
    };
    rows.into_iter().map(found).collect()
}

impl SessionRepository for DieselUnitOfWork<'_> {
    fn find_standing(&mut self, id: SessionId, user: UserId) -> Result<Option<Standing>, StoreError> {
        let bearer = Bearer { session: id, user };
        if let Some(standing) = self.known.find(bearer) {
            return Ok(Some(standing));
        }
        let row: Option<(LifeRow, RightsRow)> = run!(self, |c| {
            sessions::table
                .inner_join(users::table)
                .filter(sessions::id.eq(uid(id)))
                .filter(sessions::user_id.eq(uid(user)))
                .select((LifeRow::as_select(), RightsRow::as_select()))
                .first(c)
                .optional()
        })?;
        let standing = row.map(|(life, rights)| life.into_standing(rights)).transpose()?;
        if let Some(standing) = &standing {
            self.known.fill(bearer, standing);
        }
        Ok(standing)
    }

    fn find(&mut self, id: SessionId) -> Result<Option<Session>, StoreError> {
        let row = run!(self, |c| sessions::table
            .find(uid(id))
            .select(SessionRow::as_select())
            .first(c)
            .optional())?;
        row.map(Session::try_from).transpose()
    }

    fn add(&mut self, session: &Session) -> Result<(), StoreError> {
        run!(self, |c| {
            diesel::insert_into(sessions::table)
                .values((
                    sessions::id.eq(uid(session.id)),
                    sessions::user_id.eq(uid(session.user)),
                    sessions::delivery.eq(session.delivery.as_str()),
                    sessions::nonce.eq(&session.nonce[..]),
                    sessions::key_id.eq(i16::from(session.key_id)),
                    sessions::counter.eq(session.counter),
                    sessions::created_at.eq(at(session.created_at)),
                    sessions::rotated_at.eq(session.rotated_at.map(at)),
                    sessions::idle_at.eq(at(session.idle_at)),
                    sessions::abs_at.eq(at(session.abs_at)),
                    sessions::auth_time.eq(at(session.auth_time)),
                    sessions::revoked_at.eq(session.ended.map(|end| at(end.at))),
                    sessions::revoke_reason.eq(session.ended.map(|end| end.reason.as_str())),
                    sessions::device_label.eq(&session.device_label),
                ))
                .execute(c)
        })?;
        Ok(())
    }

    fn rotate(
        &mut self,
        id: SessionId,
        counter: i64,
        key_id: u8,
        now: Timestamp,
        idle_at: Timestamp,
    ) -> Result<Option<Session>, StoreError> {
        let row = run!(self, |c| {
            let current = sessions::table
                .find(uid(id))
                .filter(sessions::counter.eq(counter))
                .filter(sessions::revoked_at.is_null())
                .filter(sessions::idle_at.gt(at(now)))
                .filter(sessions::abs_at.gt(at(now)));
            diesel::update(current)
                .set((
                    sessions::counter.eq(sessions::counter + 1),
                    sessions::key_id.eq(i16::from(key_id)),
                    sessions::rotated_at.eq(at(now)),
                    sessions::idle_at.eq(at(idle_at)),
                ))
                .returning(SessionRow::as_returning())
                .get_result(c)
                .optional()
        })?;
        let session = row.map(Session::try_from).transpose()?;
        if let Some(session) = &session {
            self.touch_user(session.user);
        }
        Ok(session)
    }

    fn list_live(
        &mut self,
        user: UserId,
        now: Timestamp,
        page: PageRequest,
    ) -> Result<Page<Session>, StoreError> {
        let count = run!(self, |c| live(user, now).count().get_result(c))?;
        let rows = run!(self, |c| {
            live(user, now)
                .order((sessions::created_at.desc(), sessions::id.desc()))
                .select(SessionRow::as_select())
                .limit(page.page_size.into())
                .offset(page.offset())
                .load(c)
        })?;
        let items: Result<_, _> = rows.into_iter().map(Session::try_from).collect();
        Ok(Page { count, items: items? })
    }

    fn end(
        &mut self,
        id: SessionId,
        user: UserId,
        now: Timestamp,
        reason: RevokeReason,
    ) -> Result<bool, StoreError> {
        self.touch_user(user);
        Ok(end!(self, unended(user).filter(sessions::id.eq(uid(id))), now, reason)? == 1)
    }

    fn end_all(
        &mut self,
        user: UserId,
        except: Option<SessionId>,
        now: Timestamp,
        reason: RevokeReason,
    ) -> Result<usize, StoreError> {
        self.touch_user(user);
        match except {
            Some(id) => end!(self, unended(user).filter(sessions::id.ne(uid(id))), now, reason),
            None => end!(self, unended(user), now, reason),
        }
    }

    fn end_oldest(&mut self, user: UserId, keep: usize, now: Timestamp) -> Result<usize, StoreError> {
        self.touch_user(user);
        let newest_first: Vec<SessionId> = run!(self, |c| {
            let ids = live(user, now).select(sessions::id);
            ids.order((sessions::created_at.desc(), sessions::id.desc())).load(c)
        })?;
        let oldest: Vec<_> = newest_first.into_iter().skip(keep).map(uid).collect();
        if oldest.is_empty() {
            return Ok(0);
        }
        end!(self, sessions::table.filter(sessions::id.eq_any(&oldest)), now, RevokeReason::Evicted)
    }

    fn renew(&mut self, session: &Session) -> Result<(), StoreError> {
        self.touch_user(session.user);
        run!(self, |c| {
            diesel::update(sessions::table.find(uid(session.id)))
                .set((
                    sessions::nonce.eq(&session.nonce[..]),
                    sessions::key_id.eq(i16::from(session.key_id)),
                    sessions::counter.eq(session.counter),
                    sessions::rotated_at.eq(session.rotated_at.map(at)),
                    sessions::idle_at.eq(at(session.idle_at)),
                    sessions::auth_time.eq(at(session.auth_time)),
                ))
                .execute(c)
        })?;
        Ok(())
    }

    fn purge(&mut self, before: Timestamp) -> Result<usize, StoreError> {
        self.touch_everybody();
        let old = sessions::table.filter(sessions::abs_at.lt(at(before)));
        run!(self, |c| diesel::delete(old).execute(c))
    }
}
