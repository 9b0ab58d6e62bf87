//! Users, their one-time links and their failed logins.

mod links;
mod list;
mod login_buckets;
mod row;
mod withdrawal;

pub(crate) use row::state;

use crate::columns::{at, uid};
use crate::connection::{Conn, run};
use crate::erasure;
use crate::fragment::Fragment;
use crate::media::profile_image;
use crate::schema::{media, schools, users};
use crate::unit_of_work::DieselUnitOfWork;
use diesel::dsl::{auto_type, exists};
use diesel::prelude::*;
use diesel::sql_types::Bool;
use madang_domain::accounts::{
    AccountQuery, AccountRepository, AccountState, AddressHolder, Email, EnrolmentProof, LogInName,
    LogInRecord, Member, NewUser, PasswordHash, TakenNames, User, WithdrawnUser,
};
use madang_domain::ctx::Timestamp;
use madang_domain::ids::{MediaId, UserId};
use madang_domain::paging::Page;
use madang_domain::store::StoreError;
use row::{PasswordRow, UserRow, changing_columns};

/// Where every read of users starts: those who have not withdrawn.
#[auto_type]
pub(crate) fn live() -> _ {
    users::table.filter(users::deleted_at.is_null())
}

/// All users, withdrawn ones too: for admins, and for what stays taken until a purge.
#[auto_type]
fn with_deleted() -> _ {
    users::table
}

/// The one user among `$users`, if there is one.
macro_rules! find_user {
    ($uow:expr, $users:expr) => {{
        let row = run!($uow, |c| $users.select(UserRow::as_select()).first(c).optional())?;
        row.map(User::try_from).transpose()
    }};
}

/// The one user among `$users` with the school, if there is one.
macro_rules! find_member {
    ($uow:expr, $users:expr) => {{
        let row: Option<(UserRow, String, Option<MediaId>)> = run!($uow, |c| {
            let members = $users.inner_join(schools::table);
            let columns = (UserRow::as_select(), schools::name, profile_image!(users::id.nullable()));
            members.select(columns).first(c).optional()
        })?;
        row.map(|(row, school, image)| row.into_member(school, image)).transpose()
    }};
}

impl AccountRepository for DieselUnitOfWork<'_> {
    fn find(&mut self, id: UserId) -> Result<Option<User>, StoreError> {
        find_user!(self, live().filter(users::id.eq(uid(id))))
    }

    fn find_for_change(&mut self, id: UserId) -> Result<Option<User>, StoreError> {
        let user = live().filter(users::id.eq(uid(id)));
        let row = match &mut *self.conn {
            // A write unit on SQLite is alone anyway.
            Conn::Sqlite(c) => user.select(UserRow::as_select()).first(c).optional(),
            // Rows that refer to the user may still be added meanwhile.
            #[cfg(feature = "postgres")]
            Conn::Pg(c) => user.select(UserRow::as_select()).for_no_key_update().first(c).optional(),
        };
        self.judge(row)?.map(User::try_from).transpose()
    }

    fn find_by_username(&mut self, key: &str) -> Result<Option<User>, StoreError> {
        find_user!(self, live().filter(users::username_key.eq(key)))
    }

    fn find_for_log_in(&mut self, name: &LogInName) -> Result<Option<LogInRecord>, StoreError> {
        let row: Option<(UserRow, PasswordRow)> = run!(self, |c| {
            let query = live().select((UserRow::as_select(), PasswordRow::as_select())).into_boxed();
            let named = match name {
                LogInName::Username(key) => query.filter(users::username_key.eq(key)),
                LogInName::Email(key) => {
                    query.filter(users::email_key.eq(key)).filter(users::email_verified_at.is_not_null())
                }
            };
            named.first(c).optional()
        })?;
        let record = |(user, password): (UserRow, PasswordRow)| {
            Ok(LogInRecord { user: user.try_into()?, password: password.into() })
        };
        row.map(record).transpose()
    }

    fn find_password(&mut self, id: UserId) -> Result<Option<PasswordHash>, StoreError> {
        let user = live().filter(users::id.eq(uid(id)));
        Ok(run!(self, |c| user.select(PasswordRow::as_select()).first(c).optional())?.map(Into::into))
    }

    fn find_member(&mut self, id: UserId) -> Result<Option<Member>, StoreError> {
        find_member!(self, live().filter(users::id.eq(uid(id))))
    }

    fn find_member_with_withdrawn(&mut self, id: UserId) -> Result<Option<Member>, StoreError> {
        find_member!(self, with_deleted().filter(users::id.eq(uid(id))))
    }

    fn list_members_with_withdrawn(
        &mut self,
        query: &AccountQuery,
        now: Timestamp,
    ) -> Result<Page<Member>, StoreError> {
        list::list(self, query, now)
    }

    fn find_taken_names(
        &mut self,
        username_key: Option<&str>,
        nickname_key: Option<&str>,
    ) -> Result<TakenNames, StoreError> {
        // Nothing equals the NULL of a name that is not given.
        let of_username = with_deleted().filter(users::username_key.nullable().eq(username_key));
        let of_nickname = with_deleted().filter(users::nickname_key.nullable().eq(nickname_key));
        let (username, nickname) =
            run!(self, |c| diesel::select((exists(of_username), exists(of_nickname))).get_result(c))?;
        Ok(TakenNames { username, nickname })
    }

    fn exists_nickname(&mut self, key: &str, except: Option<UserId>) -> Result<bool, StoreError> {
        let holder: Option<UserId> = run!(self, |c| {
            with_deleted().filter(users::nickname_key.eq(key)).select(users::id).first(c).optional()
        })?;
        Ok(holder.is_some_and(|holder| Some(holder) != except))
    }

    fn find_holder(&mut self, email: &Email) -> Result<Option<AddressHolder>, StoreError> {
        let key = email.key();
        let proven = users::email_key.eq(&key).and(users::email_verified_at.is_not_null());
        if let Some(user) = find_user!(self, live().filter(proven))? {
            return Ok(Some(AddressHolder::Live(Box::new(user))));
        }
        let withdrawn: Option<Option<Timestamp>> = run!(self, |c| {
            with_deleted()
                .filter(proven)
                .filter(users::deleted_at.is_not_null())
                .order(users::deleted_at.desc())
                .select(users::purge_at)
                .first(c)
                .optional()
        })?;
        Ok(withdrawn.map(|purge_at| AddressHolder::Withdrawn { purge_at }))
    }

    fn exists_enrolment(&mut self, proof: EnrolmentProof, except: UserId) -> Result<bool, StoreError> {
        let holders = live().filter(users::enrolment_hmac.eq(&proof.0[..])).filter(users::id.ne(uid(except)));
        run!(self, |c| diesel::select(exists(holders)).get_result(c))
    }

    fn exists_imported_password(&mut self) -> Result<bool, StoreError> {
        // The literal lets both databases use the partial index.
        let imported = Fragment::<Bool>::sql("hash_ver = 0");
        run!(self, |c| diesel::select(exists(with_deleted().filter(imported))).get_result(c))
    }

    fn count_admins(&mut self) -> Result<i64, StoreError> {
        run!(self, |c| live().filter(users::is_superuser).count().get_result(c))
    }

    fn add(&mut self, new: &NewUser) -> Result<(), StoreError> {
        let user = &new.user;
        run!(self, |c| {
            diesel::insert_into(users::table)
                .values((
                    users::id.eq(uid(user.id)),
                    users::username.eq(user.username.as_str()),
                    users::username_key.eq(user.username.key()),
                    users::password_hash.eq(&new.password.encoded),
                    users::hash_ver.eq(new.password.version),
                    users::enrolment_hmac.eq(new.enrolment.as_ref().map(|proof| &proof.0[..])),
                    users::created_at.eq(at(user.created_at)),
                    changing_columns!(user),
                ))
                .execute(c)
        })?;
        Ok(())
    }

    fn save(&mut self, user: &User) -> Result<(), StoreError> {
        self.touch_user(user.id);
        let row = users::table.find(uid(user.id));
        run!(self, |c| diesel::update(row).set(changing_columns!(user)).execute(c))?;
        Ok(())
    }

    fn save_enrolment(&mut self, id: UserId, proof: Option<EnrolmentProof>) -> Result<(), StoreError> {
        self.touch_user(id);
        let (row, proof) = (users::table.find(uid(id)), proof.as_ref().map(|proof| &proof.0[..]));
        run!(self, |c| diesel::update(row).set(users::enrolment_hmac.eq(proof)).execute(c))?;
        Ok(())
    }

    fn save_password(
        &mut self,
        id: UserId,
        old: &PasswordHash,
        new: &PasswordHash,
    ) -> Result<bool, StoreError> {
        self.touch_user(id);
        let row = live().filter(users::id.eq(uid(id))).filter(users::password_hash.eq(&old.encoded));
        let saved = run!(self, |c| {
            diesel::update(row)
                .set((users::password_hash.eq(&new.encoded), users::hash_ver.eq(new.version)))
                .execute(c)
        })?;
        Ok(saved == 1)
    }

    fn mark_withdrawn(&mut self, id: UserId, now: Timestamp, purge_at: Timestamp) -> Result<(), StoreError> {
        withdrawal::mark_withdrawn(self, id, now, purge_at)
    }

    fn find_withdrawn_for_change(&mut self, id: UserId) -> Result<Option<WithdrawnUser>, StoreError> {
        withdrawal::find_for_change(self, id)
    }

    fn restore_withdrawn(
        &mut self,
        id: UserId,
        state: AccountState,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        withdrawal::restore(self, id, state, now)
    }

    fn list_purgeable(&mut self, now: Timestamp, limit: u32) -> Result<Vec<UserId>, StoreError> {
        withdrawal::list_purgeable(self, now, limit)
    }

    fn list_unproven(&mut self, before: Timestamp, limit: u32) -> Result<Vec<UserId>, StoreError> {
        withdrawal::list_unproven(self, before, limit)
    }

    fn erase(&mut self, id: UserId) -> Result<(), StoreError> {
        erasure::erase(self, id)
    }
}
