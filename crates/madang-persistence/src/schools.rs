//! Schools, their mail domains and their terms.

mod row;
mod terms;

use crate::columns::{at, uid};
use crate::connection::{Conn, run};
use crate::filters::filter_text;
use crate::schema::{boards, school_domains, schools, users};
use crate::unit_of_work::DieselUnitOfWork;
use diesel::dsl::{auto_type, exists};
use diesel::prelude::*;
use madang_domain::ctx::Timestamp;
use madang_domain::fold::name_key;
use madang_domain::ids::SchoolId;
use madang_domain::paging::{OrderBy, Page};
use madang_domain::schools::{
    EmailDomain, School, SchoolKey, SchoolQuery, SchoolRepository, SchoolSettings, SchoolWithTerms, Term,
    TermQuery, TimeZone, parse_time_zone,
};
use madang_domain::store::StoreError;
use row::{SchoolRow, domain_rows, into_schools};

/// Where every read of schools starts.
#[auto_type]
pub(crate) fn live() -> _ {
    schools::table.filter(schools::deleted_at.is_null())
}

/// The live schools that pass `$filter`, boxed.
macro_rules! passing {
    ($filter:expr) => {{
        let filter = $filter;
        let mut query = live().into_boxed();
        filter_text!(query, &filter.name, schools::name, schools::name_fold);
        if let Some(is_open) = filter.is_open {
            query = query.filter(schools::is_open.eq(is_open));
        }
        query
    }};
}

/// The boxed `$query` in this order.
macro_rules! ordered {
    ($query:expr, $order:expr) => {{
        let mut query = $query;
        for step in $order {
            query = match (step.key, step.descending) {
                (SchoolKey::Name, false) => query.then_order_by(schools::name_fold.asc()),
                (SchoolKey::Name, true) => query.then_order_by(schools::name_fold.desc()),
                (SchoolKey::CreatedAt, false) => query.then_order_by(schools::created_at.asc()),
                (SchoolKey::CreatedAt, true) => query.then_order_by(schools::created_at.desc()),
            };
        }
        // The id runs with the last step, so that one index serves both directions.
        match $order.last() {
            Some(OrderBy { descending: true, .. }) => query.then_order_by(schools::id.desc()),
            _ => query.then_order_by(schools::id.asc()),
        }
    }};
}

/// `$query`, the schools one by one with their domains in order.
macro_rules! with_domains {
    ($query:expr) => {
        $query
            .left_join(school_domains::table)
            .select((SchoolRow::as_select(), school_domains::domain.nullable()))
    };
}

type Rows = Vec<(SchoolRow, Option<String>)>;

impl SchoolRepository for DieselUnitOfWork<'_> {
    fn list_time_zones(&mut self) -> Result<Vec<(SchoolId, TimeZone)>, StoreError> {
        let zones = live().select((schools::id, schools::time_zone));
        let rows: Vec<(SchoolId, String)> = run!(self, |c| zones.load(c))?;
        let zone = |(id, name): (SchoolId, String)| {
            let zone = parse_time_zone(&name);
            zone.map(|zone| (id, zone)).map_err(|_| StoreError::internal("schools.time_zone is no zone"))
        };
        rows.into_iter().map(zone).collect()
    }

    fn find(&mut self, id: SchoolId) -> Result<Option<School>, StoreError> {
        let rows: Rows = run!(self, |c| {
            with_domains!(live().filter(schools::id.eq(uid(id)))).order(school_domains::position).load(c)
        })?;
        Ok(into_schools(rows)?.pop())
    }

    fn find_named(&mut self, name: &str) -> Result<Option<School>, StoreError> {
        let rows: Rows = run!(self, |c| {
            let named = live().filter(schools::name_key.eq(name_key(name.trim())));
            with_domains!(named).order(school_domains::position).load(c)
        })?;
        Ok(into_schools(rows)?.pop())
    }

    fn find_with_terms(&mut self, id: SchoolId) -> Result<Option<SchoolWithTerms>, StoreError> {
        let Some(school) = SchoolRepository::find(self, id)? else { return Ok(None) };
        let terms = terms::load(self, &[id])?.into_iter().map(|(_, term)| term).collect();
        Ok(Some(SchoolWithTerms { school, terms }))
    }

    fn hold(&mut self, id: SchoolId) -> Result<bool, StoreError> {
        let held = match &mut *self.conn {
            // A write unit on SQLite is alone anyway.
            Conn::Sqlite(c) => {
                live().filter(schools::id.eq(uid(id))).select(schools::id).first::<SchoolId>(c).optional()
            }
            #[cfg(feature = "postgres")]
            Conn::Pg(c) => live()
                .filter(schools::id.eq(uid(id)))
                .select(schools::id)
                .for_update()
                .first::<SchoolId>(c)
                .optional(),
        };
        Ok(self.judge(held)?.is_some())
    }

    fn list(&mut self, query: &SchoolQuery) -> Result<Page<School>, StoreError> {
        let count = run!(self, |c| passing!(&query.filter).count().get_result(c))?;
        let rows: Rows = run!(self, |c| {
            let page = ordered!(passing!(&query.filter), &query.order)
                .select(schools::id)
                .limit(query.request.page_size.into())
                .offset(query.request.offset());
            let schools = with_domains!(schools::table.filter(schools::id.eq_any(page))).into_boxed();
            ordered!(schools, &query.order).then_order_by(school_domains::position.asc()).load(c)
        })?;
        Ok(Page { count, items: into_schools(rows)? })
    }

    fn list_with_terms(&mut self, query: &SchoolQuery) -> Result<Page<SchoolWithTerms>, StoreError> {
        let page = SchoolRepository::list(self, query)?;
        let ids: Vec<_> = page.items.iter().map(|school| school.id).collect();
        let mut terms = terms::load(self, &ids)?;
        Ok(page.map(|school| {
            let own = terms.extract_if(.., |(id, _)| *id == school.id).map(|(_, term)| term).collect();
            SchoolWithTerms { school, terms: own }
        }))
    }

    fn list_terms(&mut self, id: SchoolId, query: &TermQuery) -> Result<Page<Term>, StoreError> {
        terms::list(self, id, query)
    }

    fn list_other_domains(&mut self, except: Option<SchoolId>) -> Result<Vec<EmailDomain>, StoreError> {
        let domains: Vec<String> = run!(self, |c| {
            let mut query = school_domains::table.select(school_domains::domain).into_boxed();
            if let Some(id) = except {
                query = query.filter(school_domains::school_id.ne(uid(id)));
            }
            query.load(c)
        })?;
        Ok(domains.into_iter().map(EmailDomain::from_stored).collect())
    }

    fn is_in_use(&mut self, id: SchoolId) -> Result<bool, StoreError> {
        let users = users::table.filter(users::school_id.eq(uid(id)));
        let boards = boards::table.filter(boards::school_id.eq(uid(id))).filter(boards::deleted_at.is_null());
        run!(self, |c| diesel::select(exists(users).or(exists(boards))).get_result(c))
    }

    fn add(&mut self, id: SchoolId, settings: &SchoolSettings, when: Timestamp) -> Result<(), StoreError> {
        run!(self, |c| {
            diesel::insert_into(schools::table)
                .values((
                    schools::id.eq(uid(id)),
                    row::setting_columns!(settings),
                    schools::created_at.eq(at(when)),
                    schools::updated_at.eq(at(when)),
                ))
                .execute(c)
        })?;
        add_domains(self, id, &settings.email_domains)
    }

    fn save(&mut self, id: SchoolId, settings: &SchoolSettings, when: Timestamp) -> Result<(), StoreError> {
        run!(self, |c| {
            diesel::update(schools::table.find(uid(id)))
                .set((row::setting_columns!(settings), schools::updated_at.eq(at(when))))
                .execute(c)
        })?;
        delete_domains(self, id)?;
        add_domains(self, id, &settings.email_domains)
    }

    fn save_terms(&mut self, id: SchoolId, terms: &[Term], when: Timestamp) -> Result<(), StoreError> {
        terms::replace(self, id, terms)?;
        run!(self, |c| {
            diesel::update(schools::table.find(uid(id))).set(schools::updated_at.eq(at(when))).execute(c)
        })?;
        Ok(())
    }

    fn mark_deleted(&mut self, id: SchoolId, when: Timestamp) -> Result<bool, StoreError> {
        let marked = run!(self, |c| {
            diesel::update(schools::table.find(uid(id)).filter(schools::deleted_at.is_null()))
                .set(schools::deleted_at.eq(at(when)))
                .execute(c)
        })?;
        if marked == 1 {
            delete_domains(self, id)?;
        }
        Ok(marked == 1)
    }

    fn bump_members(&mut self, id: SchoolId, delta: i64) -> Result<(), StoreError> {
        run!(self, |c| {
            diesel::update(schools::table.find(uid(id)))
                .set(schools::member_count.eq(schools::member_count + delta))
                .execute(c)
        })?;
        Ok(())
    }
}

fn delete_domains(uow: &mut DieselUnitOfWork<'_>, id: SchoolId) -> Result<(), StoreError> {
    let own = school_domains::table.filter(school_domains::school_id.eq(uid(id)));
    run!(uow, |c| diesel::delete(own).execute(c))?;
    Ok(())
}

fn add_domains(
    uow: &mut DieselUnitOfWork<'_>,
    id: SchoolId,
    domains: &[EmailDomain],
) -> Result<(), StoreError> {
    let rows = domain_rows(id, domains);
    if !rows.is_empty() {
        run!(uow, |c| diesel::insert_into(school_domains::table).values(&rows).execute(c))?;
    }
    Ok(())
}
