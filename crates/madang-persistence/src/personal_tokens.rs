//! Personal access tokens.

use crate::columns::{at, uid};
use crate::connection::run;
use crate::schema::{personal_tokens, users};
use crate::sessions::RightsRow;
use crate::unit_of_work::DieselUnitOfWork;
use diesel::dsl::auto_type;
use diesel::prelude::*;
use madang_domain::ctx::Timestamp;
use madang_domain::ids::{PersonalTokenId, UserId};
use madang_domain::paging::{Page, PageRequest};
use madang_domain::personal_tokens::{PersonalToken, PersonalTokenRepository, TokenDigest, TokenStanding};
use madang_domain::store::StoreError;

#[derive(Queryable, Selectable)]
#[diesel(table_name = personal_tokens)]
struct TokenRow {
    id: PersonalTokenId,
    user_id: UserId,
    name: String,
    created_at: Timestamp,
    expires_at: Timestamp,
    last_used_at: Option<Timestamp>,
}

/// The token's half of a standing.
#[derive(Queryable, Selectable)]
#[diesel(table_name = personal_tokens)]
struct LifeRow {
    user_id: UserId,
    expires_at: Timestamp,
    last_used_at: Option<Timestamp>,
    revoked_at: Option<Timestamp>,
}

impl From<TokenRow> for PersonalToken {
    fn from(row: TokenRow) -> Self {
        Self {
            id: row.id,
            user: row.user_id,
            name: row.name,
            created_at: row.created_at,
            expires_at: row.expires_at,
            last_used_at: row.last_used_at,
        }
    }
}

/// The tokens of `user` that nobody has ended; they may have run out.
#[auto_type]
fn unended(user: UserId) -> _ {
    let whose: crate::columns::UidValue = uid(user);
    personal_tokens::table
        .filter(personal_tokens::user_id.eq(whose))
        .filter(personal_tokens::revoked_at.is_null())
}

/// The tokens of `user` that are live at `now`.
#[auto_type]
fn live(user: UserId, now: Timestamp) -> _ {
    let when: crate::columns::InstantValue = at(now);
    let of_user: unended = unended(user);
    of_user.filter(personal_tokens::expires_at.gt(when))
}

impl PersonalTokenRepository for DieselUnitOfWork<'_> {
    fn find_standing(&mut self, digest: TokenDigest) -> Result<Option<TokenStanding>, StoreError> {
        let row: Option<(LifeRow, RightsRow)> = run!(self, |c| {
            personal_tokens::table
                .inner_join(users::table)
                .filter(personal_tokens::token_sha256.eq(&digest.0[..]))
                .select((LifeRow::as_select(), RightsRow::as_select()))
                .first(c)
                .optional()
        })?;
        let standing = |(life, rights): (LifeRow, RightsRow)| {
            let standing =
                rights.into_standing(life.revoked_at.is_some(), life.expires_at, life.expires_at)?;
            Ok(TokenStanding { user: life.user_id, standing, last_used_at: life.last_used_at })
        };
        row.map(standing).transpose()
    }

    fn find(&mut self, id: PersonalTokenId, user: UserId) -> Result<Option<PersonalToken>, StoreError> {
        let row = run!(self, |c| {
            personal_tokens::table
                .find(uid(id))
                .filter(personal_tokens::user_id.eq(uid(user)))
                .select(TokenRow::as_select())
                .first(c)
                .optional()
        })?;
        Ok(row.map(Into::into))
    }

    fn list_live(
        &mut self,
        user: UserId,
        now: Timestamp,
        page: PageRequest,
    ) -> Result<Page<PersonalToken>, StoreError> {
        let count = PersonalTokenRepository::count_live(self, user, now)?;
        let rows: Vec<TokenRow> = run!(self, |c| {
            live(user, now)
                .order((personal_tokens::created_at.desc(), personal_tokens::id.desc()))
                .select(TokenRow::as_select())
                .limit(page.page_size.into())
                .offset(page.offset())
                .load(c)
        })?;
        Ok(Page { count, items: rows.into_iter().map(Into::into).collect() })
    }

    fn count_live(&mut self, user: UserId, now: Timestamp) -> Result<i64, StoreError> {
        run!(self, |c| live(user, now).count().get_result(c))
    }

    fn add(&mut self, token: &PersonalToken, digest: TokenDigest) -> Result<(), StoreError> {
        run!(self, |c| {
            diesel::insert_into(personal_tokens::table)
                .values((
                    personal_tokens::id.eq(uid(token.id)),
                    personal_tokens::user_id.eq(uid(token.user)),
                    personal_tokens::name.eq(&token.name),
                    personal_tokens::token_sha256.eq(&digest.0[..]),
                    personal_tokens::created_at.eq(at(token.created_at)),
                    personal_tokens::expires_at.eq(at(token.expires_at)),
                    personal_tokens::last_used_at.eq(token.last_used_at.map(at)),
                ))
                .execute(c)
        })?;
        Ok(())
    }

    fn mark_used(&mut self, digest: TokenDigest, minute: Timestamp) -> Result<(), StoreError> {
        let unnoted =
            personal_tokens::last_used_at.is_null().or(personal_tokens::last_used_at.lt(at(minute)));
        let token = personal_tokens::table.filter(personal_tokens::token_sha256.eq(&digest.0[..]));
        run!(self, |c| {
            diesel::update(token.filter(unnoted)).set(personal_tokens::last_used_at.eq(at(minute))).execute(c)
        })?;
        Ok(())
    }

    fn end(&mut self, id: PersonalTokenId, user: UserId, now: Timestamp) -> Result<bool, StoreError> {
        let token = live(user, now).filter(personal_tokens::id.eq(uid(id)));
        let ended = run!(self, |c| {
            diesel::update(token).set(personal_tokens::revoked_at.eq(at(now))).execute(c)
        })?;
        Ok(ended == 1)
    }

    fn end_all(&mut self, user: UserId, now: Timestamp) -> Result<usize, StoreError> {
        let tokens = unended(user);
        run!(self, |c| { diesel::update(tokens).set(personal_tokens::revoked_at.eq(at(now))).execute(c) })
    }

    fn purge(&mut self, before: Timestamp) -> Result<usize, StoreError> {
        let old = personal_tokens::table.filter(personal_tokens::expires_at.lt(at(before)));
        run!(self, |c| diesel::delete(old).execute(c))
    }
}
