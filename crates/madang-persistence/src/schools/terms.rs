//! The terms of schools.

use crate::columns::{UidValue, uid};
use crate::connection::run;
use crate::filters::{filter_one_of, filter_ordered};
use crate::schema::{term_holidays, terms};
use crate::unit_of_work::DieselUnitOfWork;
use chrono::NaiveDate;
use diesel::dsl::auto_type;
use diesel::prelude::*;
use madang_domain::ids::SchoolId;
use madang_domain::paging::Page;
use madang_domain::schools::{Holiday, Semester, Term, TermOrder, TermQuery};
use madang_domain::store::StoreError;

#[derive(Queryable, Selectable)]
#[diesel(table_name = terms)]
struct TermRow {
    school_id: SchoolId,
    year: i32,
    semester: String,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
}

#[derive(Insertable)]
#[diesel(table_name = terms)]
struct NewTermRow {
    school_id: UidValue,
    year: i32,
    semester: &'static str,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
}

#[derive(Insertable)]
#[diesel(table_name = term_holidays)]
struct NewHolidayRow<'a> {
    school_id: UidValue,
    year: i32,
    semester: &'static str,
    date: NaiveDate,
    name: &'a str,
}

type Rows = Vec<(TermRow, Option<(NaiveDate, String)>)>;

/// Terms, a row for each holiday.
#[auto_type]
fn with_holidays() -> _ {
    let same_term = term_holidays::school_id
        .eq(terms::school_id)
        .and(term_holidays::year.eq(terms::year))
        .and(term_holidays::semester.eq(terms::semester));
    terms::table.left_join(term_holidays::table.on(same_term))
}

/// What is selected of [`with_holidays`].
macro_rules! term_columns {
    () => {
        (TermRow::as_select(), (term_holidays::date, term_holidays::name).nullable())
    };
}

/// The terms of a school that pass `$filter`, boxed.
macro_rules! passing {
    ($school:expr, $filter:expr) => {{
        let filter = $filter;
        let mut query = terms::table.filter(terms::school_id.eq(uid($school))).into_boxed();
        filter_ordered!(query, &filter.year, terms::year, year);
        filter_one_of!(query, &filter.semester, terms::semester, Semester::as_str);
        query
    }};
}

/// All terms of these schools, latest first; one statement.
pub(super) fn load(
    uow: &mut DieselUnitOfWork<'_>,
    schools: &[SchoolId],
) -> Result<Vec<(SchoolId, Term)>, StoreError> {
    if schools.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<_> = schools.iter().map(|id| uid(*id)).collect();
    let rows: Rows = run!(uow, |c| {
        with_holidays()
            .filter(terms::school_id.eq_any(&ids))
            .select(term_columns!())
            .order((terms::school_id, terms::starts_on.desc(), term_holidays::date))
            .load(c)
    })?;
    into_terms(rows)
}

/// A page of a school's terms. No two of them start on one day, which stands for their key.
pub(super) fn list(
    uow: &mut DieselUnitOfWork<'_>,
    school: SchoolId,
    query: &TermQuery,
) -> Result<Page<Term>, StoreError> {
    let TermQuery { filter, order, request } = query;
    let count = run!(uow, |c| passing!(school, filter).count().get_result(c))?;
    let rows: Rows = run!(uow, |c| {
        let page = passing!(school, filter)
            .select(terms::starts_on)
            .limit(request.page_size.into())
            .offset(request.offset());
        let page = match order {
            TermOrder::LatestFirst => page.order(terms::starts_on.desc()),
            TermOrder::EarliestFirst => page.order(terms::starts_on.asc()),
        };
        let terms = with_holidays()
            .filter(terms::school_id.eq(uid(school)))
            .filter(terms::starts_on.eq_any(page))
            .select(term_columns!())
            .into_boxed();
        let terms = match order {
            TermOrder::LatestFirst => terms.order(terms::starts_on.desc()),
            TermOrder::EarliestFirst => terms.order(terms::starts_on.asc()),
        };
        terms.then_order_by(term_holidays::date.asc()).load(c)
    })?;
    Ok(Page { count, items: into_terms(rows)?.into_iter().map(|(_, term)| term).collect() })
}

/// Replaces the terms of a school.
pub(super) fn replace(
    uow: &mut DieselUnitOfWork<'_>,
    school: SchoolId,
    new: &[Term],
) -> Result<(), StoreError> {
    run!(uow, |c| {
        diesel::delete(term_holidays::table.filter(term_holidays::school_id.eq(uid(school)))).execute(c)
    })?;
    run!(uow, |c| diesel::delete(terms::table.filter(terms::school_id.eq(uid(school)))).execute(c))?;
    let rows: Vec<_> = new
        .iter()
        .map(|term| NewTermRow {
            school_id: uid(school),
            year: term.year,
            semester: term.semester.as_str(),
            starts_on: term.starts_on,
            ends_on: term.ends_on,
        })
        .collect();
    let holidays: Vec<_> = new.iter().flat_map(|term| holiday_rows(school, term)).collect();
    if !rows.is_empty() {
        run!(uow, |c| diesel::insert_into(terms::table).values(&rows).execute(c))?;
    }
    if !holidays.is_empty() {
        run!(uow, |c| diesel::insert_into(term_holidays::table).values(&holidays).execute(c))?;
    }
    Ok(())
}

fn holiday_rows(school: SchoolId, term: &Term) -> impl Iterator<Item = NewHolidayRow<'_>> {
    term.holidays.iter().map(move |holiday| NewHolidayRow {
        school_id: uid(school),
        year: term.year,
        semester: term.semester.as_str(),
        date: holiday.date,
        name: &holiday.name,
    })
}

/// Gathers the holidays of each term; rows of one term follow each other.
fn into_terms(rows: Rows) -> Result<Vec<(SchoolId, Term)>, StoreError> {
    let mut found: Vec<(SchoolId, Term)> = Vec::new();
    for (row, holiday) in rows {
        let holiday = holiday.map(|(date, name)| Holiday { date, name });
        match found.last_mut() {
            Some((school, term)) if (*school, term.starts_on) == (row.school_id, row.starts_on) => {
                term.holidays.extend(holiday);
            }
            _ => found.push((row.school_id, row.into_term(Vec::from_iter(holiday))?)),
        }
    }
    Ok(found)
}

impl TermRow {
    fn into_term(self, holidays: Vec<Holiday>) -> Result<Term, StoreError> {
        let semester = Semester::from_word(&self.semester)
            .ok_or_else(|| StoreError::internal(format!("unknown semester {:?} in terms", self.semester)))?;
        Ok(Term { year: self.year, semester, starts_on: self.starts_on, ends_on: self.ends_on, holidays })
    }
}

/// A filter's number as the column holds years; beyond its range no term lies.
fn year(number: i64) -> i32 {
    i32::try_from(number).unwrap_or(if number < 0 { i32::MIN } else { i32::MAX })
}
