//! What must hold across schools (SCH-1). Asked under [`Topic::SchoolDomains`](crate::store::Topic::SchoolDomains).

use super::EmailDomain;
use crate::ids::SchoolId;
use crate::store::{StoreError, UnitOfWork};
use crate::text::FieldError;

/// Whether a live school other than `id` has this name.
pub(super) fn is_named_by_another(
    uow: &mut dyn UnitOfWork,
    name: &str,
    id: Option<SchoolId>,
) -> Result<bool, StoreError> {
    Ok(uow.schools().find_named(name)?.is_some_and(|school| Some(school.id) != id))
}

/// Refuses domains that are another school's, or above or below one.
pub(super) fn check_domains(
    uow: &mut dyn UnitOfWork,
    domains: &[EmailDomain],
    id: Option<SchoolId>,
) -> Result<Option<(&'static str, FieldError)>, StoreError> {
    if domains.is_empty() {
        return Ok(None);
    }
    let others = uow.schools().list_other_domains(id)?;
    let clash = domains.iter().any(|domain| others.iter().any(|other| domain.clashes_with(other)));
    Ok(clash.then_some(("email_domains", FieldError::Taken)))
}
