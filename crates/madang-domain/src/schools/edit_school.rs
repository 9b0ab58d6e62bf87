//! Changing a school and its terms.

use super::acts::{EDITED, act};
use super::rules::{check_domains, is_named_by_another};
use super::{EmailDomain, SchoolSettings, SchoolWithTerms, Term, TimeZone, check_terms};
use crate::actor::{CallerStateError, Role};
use crate::ctx::Ctx;
use crate::ids::SchoolId;
use crate::store::{StoreError, Topic, UnitOfWork};
use crate::text::FieldError;
use std::borrow::Cow;

/// What changes; `None` leaves a field as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EditSchool {
    /// The name.
    pub name: Option<String>,
    /// All mail domains.
    pub email_domains: Option<Vec<EmailDomain>>,
    /// Whether other domains are refused at sign-up.
    pub domains_only: Option<bool>,
    /// Whether new members may sign up; means nothing for those who are in (SCH-2).
    pub is_open: Option<bool>,
    /// In which the school's clocks run.
    pub time_zone: Option<TimeZone>,
    /// All terms.
    pub terms: Option<Vec<Term>>,
}

/// Why a school is not changed.
#[derive(Debug, thiserror::Error)]
pub enum EditSchoolError {
    /// Not an admin.
    #[error("the caller is no admin")]
    Caller(CallerStateError),
    /// No such school.
    #[error("no such school")]
    NotFound,
    /// The school is not as the caller saw it.
    #[error("the school has changed")]
    PreconditionFailed,
    /// Fields are refused; a term is named by its place, as in `terms.2`.
    #[error("fields are refused")]
    Fields(Vec<(Cow<'static, str>, FieldError)>),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl EditSchool {
    fn over(self, settings: SchoolSettings) -> SchoolSettings {
        SchoolSettings {
            name: self.name.unwrap_or(settings.name),
            email_domains: self.email_domains.unwrap_or(settings.email_domains),
            domains_only: self.domains_only.unwrap_or(settings.domains_only),
            is_open: self.is_open.unwrap_or(settings.is_open),
            time_zone: self.time_zone.unwrap_or(settings.time_zone),
        }
    }
}

/// Changes a school. `as_seen` tells whether it still is what the caller last saw.
pub fn edit_school(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    id: SchoolId,
    mut command: EditSchool,
    as_seen: &dyn Fn(&SchoolWithTerms) -> bool,
) -> Result<(), EditSchoolError> {
    ctx.actor.check_role(Role::Admin).map_err(EditSchoolError::Caller)?;
    uow.exclusive(Topic::SchoolDomains)?;
    if !uow.schools().hold(id)? {
        return Err(EditSchoolError::NotFound);
    }
    let Some(found) = uow.schools().find_with_terms(id)? else { return Err(EditSchoolError::NotFound) };
    if !as_seen(&found) {
        return Err(EditSchoolError::PreconditionFailed);
    }
    let terms = command.terms.take().filter(|terms| sorted(terms) != sorted(&found.terms));
    let present = found.school.settings;
    let settings = command.over(present.clone());
    check_fields(uow, id, &present, &settings, terms.as_deref())?;
    let changes = settings != present;
    if changes {
        uow.schools().save(id, &settings, ctx.now)?;
    }
    if let Some(terms) = &terms {
        uow.schools().save_terms(id, terms, ctx.now)?;
    }
    if changes || terms.is_some() {
        uow.audit().add_act(&act(ctx, id, EDITED))?;
    }
    Ok(())
}

fn check_fields(
    uow: &mut dyn UnitOfWork,
    id: SchoolId,
    present: &SchoolSettings,
    settings: &SchoolSettings,
    terms: Option<&[Term]>,
) -> Result<(), EditSchoolError> {
    let mut refused = Vec::new();
    if settings.name != present.name && is_named_by_another(uow, &settings.name, Some(id))? {
        refused.push((Cow::from("name"), FieldError::Taken));
    }
    if settings.email_domains != present.email_domains {
        let clash = check_domains(uow, &settings.email_domains, Some(id))?;
        refused.extend(clash.map(|(field, error)| (field.into(), error)));
    }
    let overlaps = check_terms(terms.unwrap_or_default()).into_iter();
    refused.extend(overlaps.map(|n| (format!("terms.{n}").into(), FieldError::Overlap)));
    if refused.is_empty() { Ok(()) } else { Err(EditSchoolError::Fields(refused)) }
}

fn sorted(terms: &[Term]) -> Vec<Term> {
    let mut terms = terms.to_vec();
    terms.sort_by_key(|term| (term.year, term.semester));
    terms.iter_mut().for_each(|term| term.holidays.sort());
    terms
}
