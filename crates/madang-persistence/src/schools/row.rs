//! How a school lies in the database.

use crate::columns::{UidValue, uid};
use crate::schema::{school_domains, schools};
use diesel::prelude::*;
use madang_domain::ctx::Timestamp;
use madang_domain::ids::SchoolId;
use madang_domain::schools::{EmailDomain, School, SchoolSettings, parse_time_zone};
use madang_domain::store::StoreError;

/// What staff set, as columns to insert or update.
macro_rules! setting_columns {
    ($settings:expr) => {
        (
            schools::name.eq(&$settings.name),
            schools::name_fold.eq(madang_domain::fold::fold(&$settings.name)),
            schools::name_key.eq($settings.name_key()),
            schools::domains_only.eq($settings.domains_only),
            schools::is_open.eq($settings.is_open),
            schools::time_zone.eq($settings.time_zone.name()),
        )
    };
}
pub(super) use setting_columns;

#[derive(Queryable, Selectable)]
#[diesel(table_name = schools)]
pub(super) struct SchoolRow {
    id: SchoolId,
    name: String,
    domains_only: bool,
    is_open: bool,
    time_zone: String,
    member_count: i64,
    created_at: Timestamp,
    updated_at: Timestamp,
}

#[derive(Insertable)]
#[diesel(table_name = school_domains)]
pub(super) struct DomainRow<'a> {
    domain: &'a str,
    school_id: UidValue,
    position: i32,
}

/// The rows of a school's domains, in their order.
pub(super) fn domain_rows(id: SchoolId, domains: &[EmailDomain]) -> Vec<DomainRow<'_>> {
    (0..)
        .zip(domains)
        .map(|(position, domain)| DomainRow { domain: domain.as_str(), school_id: uid(id), position })
        .collect()
}

/// Gathers the domains of each school; rows of one school follow each other.
pub(super) fn into_schools(rows: Vec<(SchoolRow, Option<String>)>) -> Result<Vec<School>, StoreError> {
    let mut schools: Vec<School> = Vec::new();
    for (row, domain) in rows {
        let domain = domain.map(EmailDomain::from_stored);
        match schools.last_mut() {
            Some(last) if last.id == row.id => last.settings.email_domains.extend(domain),
            _ => schools.push(row.into_school(Vec::from_iter(domain))?),
        }
    }
    Ok(schools)
}

impl SchoolRow {
    fn into_school(self, email_domains: Vec<EmailDomain>) -> Result<School, StoreError> {
        let time_zone = parse_time_zone(&self.time_zone).map_err(|_| {
            StoreError::internal(format!("unknown time zone {:?} in schools.time_zone", self.time_zone))
        })?;
        Ok(School {
            id: self.id,
            settings: SchoolSettings {
                name: self.name,
                email_domains,
                domains_only: self.domains_only,
                is_open: self.is_open,
                time_zone,
            },
            member_count: self.member_count,
            created_at: self.created_at,
            updated_at: self.updated_at,
        })
    }
}
