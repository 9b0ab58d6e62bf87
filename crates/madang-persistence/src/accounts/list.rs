//! The admin's list of users.

use super::row::UserRow;
use super::with_deleted;
use crate::columns::at;
use crate::connection::run;
use crate::filters::{filter_one_of, filter_ordered, filter_text};
use crate::media::profile_image;
use crate::schema::{media, schools, users};
use crate::unit_of_work::DieselUnitOfWork;
use diesel::dsl::not;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use madang_domain::accounts::{AccountFilter, AccountKey, AccountQuery, AccountState, Enrolment, Member};
use madang_domain::actor::Role;
use madang_domain::ctx::Timestamp;
use madang_domain::filters::OneOf;
use madang_domain::ids::MediaId;
use madang_domain::paging::{OrderBy, Page};
use madang_domain::store::StoreError;

/// Whether `$wanted` names the role that the row's flags make; an enumeration's choices are a constant `OR`, so that the
/// query is the same text for all of them.
macro_rules! has_role {
    ($wanted:expr) => {{
        let wants = |role: Role| $wanted.0.contains(&role).into_sql::<Bool>();
        let enrolled = users::enrolment_verified_at.is_not_null();
        (users::is_superuser.and(wants(Role::Admin)))
            .or(users::is_staff.and(not(users::is_superuser)).and(wants(Role::Moderator)))
            .or(not(users::is_staff).and(enrolled).and(wants(Role::Student)))
            .or(not(users::is_staff).and(not(enrolled)).and(wants(Role::Guest)))
    }};
}

/// Whether `$wanted` names the row's state at `$now`.
macro_rules! has_state {
    ($wanted:expr, $now:expr) => {{
        let wants = |state: AccountState| $wanted.0.contains(&state).into_sql::<Bool>();
        let is = |state: AccountState| users::state.eq(state.as_str());
        let over = || users::state_until.is_not_null().and(users::state_until.assume_not_null().le(at($now)));
        (is(AccountState::Withdrawn).and(wants(AccountState::Withdrawn)))
            .or(is(AccountState::Restricted).and(not(over())).and(wants(AccountState::Restricted)))
            .or(is(AccountState::Banned).and(not(over())).and(wants(AccountState::Banned)))
            .or((is(AccountState::Active).or(not(is(AccountState::Withdrawn)).and(over())))
                .and(wants(AccountState::Active)))
    }};
}

/// The users that pass `$filter` at `$now`, boxed.
macro_rules! passing {
    ($filter:expr, $now:expr) => {{
        let filter: &AccountFilter = $filter;
        let mut query = with_deleted().into_boxed();
        filter_one_of!(query, &filter.schools, users::school_id, crate::columns::uid);
        filter_text!(query, &filter.username, users::username, users::username_key);
        filter_text!(query, &filter.nickname, users::nickname, users::nickname_key);
        for email in &filter.email {
            query = query.filter(users::email_key.eq(email));
        }
        if let Some(roles) = &filter.roles {
            query = query.filter(has_role!(roles));
        }
        if let Some(states) = &filter.states {
            query = query.filter(has_state!(states, $now));
        }
        if let Some(enrolled) = enrolled(filter.enrolment.as_ref()) {
            query = query.filter(users::enrolment_verified_at.is_not_null().eq(enrolled));
        }
        filter_ordered!(query, &filter.created_at, users::created_at, at);
        query
    }};
}

/// The boxed `$query` in this order.
macro_rules! ordered {
    ($query:expr, $order:expr) => {{
        let mut query = $query;
        for step in $order {
            query = match (step.key, step.descending) {
                (AccountKey::CreatedAt, false) => query.then_order_by(users::created_at.asc()),
                (AccountKey::CreatedAt, true) => query.then_order_by(users::created_at.desc()),
                (AccountKey::Username, false) => query.then_order_by(users::username_key.asc()),
                (AccountKey::Username, true) => query.then_order_by(users::username_key.desc()),
            };
        }
        // In one direction with the last key, so that its index serves.
        match $order.last() {
            Some(OrderBy { descending: true, .. }) => query.then_order_by(users::id.desc()),
            _ => query.then_order_by(users::id.asc()),
        }
    }};
}

pub(super) fn list(
    uow: &mut DieselUnitOfWork<'_>,
    query: &AccountQuery,
    now: Timestamp,
) -> Result<Page<Member>, StoreError> {
    let AccountQuery { filter, order, request } = query;
    let count = run!(uow, |c| passing!(filter, now).count().get_result(c))?;
    let rows: Vec<(UserRow, String, Option<MediaId>)> = run!(uow, |c| {
        let ids = ordered!(passing!(filter, now), order)
            .select(users::id)
            .limit(request.page_size.into())
            .offset(request.offset());
        let members = users::table.filter(users::id.eq_any(ids)).inner_join(schools::table);
        let columns = (UserRow::as_select(), schools::name, profile_image!(users::id.nullable()));
        ordered!(members.select(columns).into_boxed(), order).load(c)
    })?;
    let items: Result<_, _> =
        rows.into_iter().map(|(row, school, image)| row.into_member(school, image)).collect();
    Ok(Page { count, items: items? })
}

/// Whether only proven or only unproven enrolments pass; `None` when both do.
fn enrolled(wanted: Option<&OneOf<Enrolment>>) -> Option<bool> {
    let wanted = wanted?;
    let (verified, pending) =
        (wanted.0.contains(&Enrolment::Verified), wanted.0.contains(&Enrolment::Pending));
    (verified != pending).then_some(verified)
}
