//! What staff imposed on members.

mod row;

use crate::anonymity::{WrittenBy, person_behind};
use crate::columns::{at, uid};
use crate::connection::run;
use crate::filters::{filter_one_of, filter_ordered};
use crate::media::profile_image;
use crate::schema::{appeals, boards, media, sanctions, users};
use crate::unit_of_work::DieselUnitOfWork;
use diesel::dsl::{count_star, not};
use diesel::prelude::*;
use madang_domain::accounts::{AccountRepository, AccountState};
use madang_domain::actor::Actor;
use madang_domain::ctx::Timestamp;
use madang_domain::ids::{SanctionId, UserId};
use madang_domain::paging::{Page, PageRequest};
use madang_domain::personal_tokens::PersonalTokenRepository;
use madang_domain::removals::ItemRef;
use madang_domain::reports::CaseReach;
use madang_domain::sanctions::{
    NewSanction, Running, Sanction, SanctionFilter, SanctionKind, SanctionRepository, SanctionScope,
    StaffSanction, Subject, effect,
};
use madang_domain::sessions::{RevokeReason, SessionRepository};
use madang_domain::store::StoreError;
use row::{RunningRow, SanctionRow, StaffRow, sanction_columns};

diesel::alias!(users as issuers: Issuers);

/// Whether a sanction holds at `$now`: neither lifted nor ended by the clock.
macro_rules! holds {
    ($now:expr) => {
        sanctions::lifted_at
            .is_null()
            .and(sanctions::ends_at.is_null().or(sanctions::ends_at.gt(at($now)).assume_not_null()))
    };
}

/// Narrows the boxed `$query` as `$filter` says.
macro_rules! passing {
    ($query:expr, $filter:expr, $now:expr) => {{
        let (filter, mut query) = ($filter, $query);
        filter_one_of!(query, &filter.kinds, sanctions::kind, SanctionKind::as_str);
        filter_ordered!(query, &filter.starts_at, sanctions::starts_at, at);
        if let Some(scopes) = &filter.scopes {
            query = match (scopes.0.contains(&SanctionScope::Site), scopes.0.contains(&SanctionScope::Board))
            {
                (true, false) => query.filter(sanctions::board_id.is_null()),
                (false, true) => query.filter(sanctions::board_id.is_not_null()),
                _ => query,
            };
        }
        match filter.active {
            Some(true) => query.filter(holds!($now)),
            Some(false) => query.filter(not(holds!($now))),
            None => query,
        }
    }};
}

/// The sanctions in reach with all that staff see of them, boxed.
macro_rules! in_reach {
    ($reach:expr, $columns:expr) => {{
        let query = sanctions::table
            .left_join(boards::table.on(sanctions::board_id.eq(boards::id.nullable())))
            .left_join(appeals::table)
            .left_join(users::table.on(sanctions::subject_id.eq(users::id.nullable())))
            .left_join(issuers.on(sanctions::issuer_id.eq(issuers.field(users::id))))
            .select($columns)
            .into_boxed();
        match $reach {
            CaseReach::All => query,
            CaseReach::School(school) => query.filter(sanctions::school_id.eq(uid(school))),
            CaseReach::ManagedBy(user) => {
                query.filter(boards::manager_id.eq(uid(user))).filter(boards::deleted_at.is_null())
            }
        }
    }};
}

/// What staff read.
macro_rules! staff_columns {
    ($viewer:expr) => {
        (
            sanction_columns!(),
            (
                sanctions::subject_id,
                sanctions::post_id,
                sanctions::number,
                sanctions::target_type,
                sanctions::target_id,
                sanctions::issuer_id,
            ),
            (users::id, users::nickname, users::is_staff, users::deleted_at).nullable(),
            profile_image!(sanctions::subject_id),
            issuers.fields((users::id, users::nickname, users::is_staff, users::deleted_at)).nullable(),
            profile_image!(sanctions::issuer_id.nullable()),
            WrittenBy::sanctions(uid($viewer.user)),
        )
    };
}

/// The person's own sanctions.
macro_rules! own {
    ($person:expr, $columns:expr) => {
        sanctions::table
            .left_join(boards::table.on(sanctions::board_id.eq(boards::id.nullable())))
            .left_join(appeals::table)
            .filter(WrittenBy::sanctions(uid($person)))
            .select($columns)
            .into_boxed()
    };
}

impl SanctionRepository for DieselUnitOfWork<'_> {
    fn add(&mut self, sanction: &NewSanction) -> Result<(), StoreError> {
        let (subject, post, number) = match sanction.subject {
            Subject::Named(user) => (Some(uid(user)), None, None),
            Subject::Anonymous { post, number } => {
                let number = i32::try_from(number)
                    .map_err(|_| StoreError::internal("a number of a thread is out of range"))?;
                (None, Some(uid(post)), Some(number))
            }
        };
        let row = (
            sanctions::id.eq(uid(sanction.id)),
            sanctions::kind.eq(sanction.kind.as_str()),
            sanctions::school_id.eq(uid(sanction.school)),
            sanctions::board_id.eq(sanction.board.map(uid)),
            sanctions::subject_id.eq(subject),
            sanctions::post_id.eq(post),
            sanctions::number.eq(number),
            sanctions::target_type.eq(sanction.item.map(|item| item.kind().as_str())),
            sanctions::target_id.eq(sanction.item.map(|item| uid(item.id()))),
            sanctions::issuer_id.eq(uid(sanction.issuer)),
            sanctions::rule.eq(sanction.rule.as_str()),
            sanctions::reason.eq(&sanction.reason),
            sanctions::evidence.eq(&sanction.evidence),
            sanctions::starts_at.eq(at(sanction.starts_at)),
            sanctions::ends_at.eq(sanction.ends_at.map(at)),
        );
        run!(self, |c| diesel::insert_into(sanctions::table).values(row).execute(c))?;
        Ok(())
    }

    fn list_own(
        &mut self,
        person: UserId,
        filter: &SanctionFilter,
        now: Timestamp,
        request: PageRequest,
    ) -> Result<Page<Sanction>, StoreError> {
        let count = run!(self, |c| passing!(own!(person, count_star()), filter, now).get_result(c))?;
        let rows: Vec<SanctionRow> = run!(self, |c| {
            passing!(own!(person, sanction_columns!()), filter, now)
                .order((sanctions::starts_at.desc(), sanctions::id.desc()))
                .limit(request.page_size.into())
                .offset(request.offset())
                .load(c)
        })?;
        Ok(Page { count, items: rows.into_iter().map(Sanction::try_from).collect::<Result<_, _>>()? })
    }

    fn find_own(&mut self, person: UserId, id: SanctionId) -> Result<Option<Sanction>, StoreError> {
        let row: Option<SanctionRow> = run!(self, |c| {
            own!(person, sanction_columns!()).filter(sanctions::id.eq(uid(id))).first(c).optional()
        })?;
        row.map(Sanction::try_from).transpose()
    }

    fn list_running(&mut self, person: UserId, now: Timestamp) -> Result<Vec<Running>, StoreError> {
        let columns = (sanctions::id, sanctions::kind, sanctions::board_id, sanctions::ends_at);
        let rows: Vec<RunningRow> = run!(self, |c| {
            sanctions::table
                .filter(WrittenBy::sanctions(uid(person)))
                .filter(sanctions::kind.ne(SanctionKind::Warning.as_str()))
                .filter(holds!(now))
                .select(columns)
                .load(c)
        })?;
        let running: Result<Vec<Running>, _> = rows.into_iter().map(Running::try_from).collect();
        let mut running = running?;
        // No end is later than any; a stable sort keeps what was given first before its equals.
        running.sort_by_key(|one| std::cmp::Reverse((one.ends_at.is_none(), one.ends_at)));
        Ok(running)
    }

    fn enforce(&mut self, subject: Subject, now: Timestamp) -> Result<(), StoreError> {
        let person = match subject {
            Subject::Named(user) => Some(user),
            Subject::Anonymous { post, number } => person_behind(self, post, number)?,
        };
        let Some(person) = person else { return Ok(()) };
        let Some(mut user) = self.find_for_change(person)? else { return Ok(()) };
        let (state, until) = effect(&self.list_running(person, now)?);
        let was = user.state_at(now);
        (user.state, user.state_until) = (state, until);
        if state != was {
            user.end_links(now);
        }
        AccountRepository::save(self, &user)?;
        if state == AccountState::Banned && was != AccountState::Banned {
            SessionRepository::end_all(self, person, None, now, RevokeReason::Banned)?;
            PersonalTokenRepository::end_all(self, person, now)?;
        }
        Ok(())
    }

    fn find(
        &mut self,
        viewer: &Actor,
        reach: CaseReach,
        id: SanctionId,
    ) -> Result<Option<StaffSanction>, StoreError> {
        let row: Option<StaffRow> = run!(self, |c| {
            in_reach!(reach, staff_columns!(viewer)).filter(sanctions::id.eq(uid(id))).first(c).optional()
        })?;
        row.map(StaffSanction::try_from).transpose()
    }

    fn list(
        &mut self,
        viewer: &Actor,
        reach: CaseReach,
        filter: &SanctionFilter,
        now: Timestamp,
        request: PageRequest,
    ) -> Result<Page<StaffSanction>, StoreError> {
        let count = run!(self, |c| passing!(in_reach!(reach, count_star()), filter, now).get_result(c))?;
        let rows: Vec<StaffRow> = run!(self, |c| {
            passing!(in_reach!(reach, staff_columns!(viewer)), filter, now)
                .order((sanctions::starts_at.desc(), sanctions::id.desc()))
                .limit(request.page_size.into())
                .offset(request.offset())
                .load(c)
        })?;
        Ok(Page { count, items: rows.into_iter().map(StaffSanction::try_from).collect::<Result<_, _>>()? })
    }

    fn lift(&mut self, id: SanctionId, when: Timestamp) -> Result<bool, StoreError> {
        let held = sanctions::table.filter(sanctions::id.eq(uid(id))).filter(sanctions::lifted_at.is_null());
        Ok(run!(self, |c| diesel::update(held).set(sanctions::lifted_at.eq(at(when))).execute(c))? == 1)
    }

    fn lift_warnings(&mut self, item: ItemRef, when: Timestamp) -> Result<(), StoreError> {
        run!(self, |c| {
            let given = sanctions::table
                .filter(sanctions::target_id.eq(uid(item.id())))
                .filter(sanctions::kind.eq(SanctionKind::Warning.as_str()))
                .filter(sanctions::lifted_at.is_null());
            diesel::update(given).set(sanctions::lifted_at.eq(at(when))).execute(c)
        })?;
        Ok(())
    }
}
