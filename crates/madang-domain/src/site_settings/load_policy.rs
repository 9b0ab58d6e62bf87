//! Reading what is in force.

use super::{Overrides, Setting, SettingsCatalogue};
use crate::policy::Policy;
use crate::store::{StoreError, UnitOfWork};

/// Every setting with what is in force, by key.
pub fn list_settings(
    uow: &mut dyn UnitOfWork,
    catalogue: &dyn SettingsCatalogue,
) -> Result<Vec<Setting>, StoreError> {
    let mut overrides = uow.site_settings().list()?;
    let specs = catalogue.specs().iter().cloned();
    Ok(specs
        .map(|spec| {
            let changed = overrides.remove(&spec.key).filter(|value| spec.check(value).is_ok());
            Setting { value: changed.unwrap_or_else(|| spec.default.clone()), spec }
        })
        .collect())
}

/// The policy in force, when the stored revision is above `known`. A stored value that this build refuses, because its
/// bounds are others by now, counts as absent.
pub fn load_policy(
    uow: &mut dyn UnitOfWork,
    catalogue: &dyn SettingsCatalogue,
    known: i64,
) -> Result<Option<Policy>, StoreError> {
    let revision = uow.site_settings().find_revision()?;
    if revision <= known {
        return Ok(None);
    }
    let mut overrides: Overrides = uow.site_settings().list()?;
    overrides.retain(|key, value| {
        catalogue.specs().iter().any(|spec| spec.key == *key && spec.check(value).is_ok())
    });
    loop {
        match catalogue.policy(&overrides) {
            Ok(policy) => return Ok(Some(Policy { revision, ..policy })),
            Err(refused) if overrides.remove(&refused.key).is_some() => {}
            // At odds with another one that is stored: better the defaults than no policy.
            Err(_) if !overrides.is_empty() => overrides.clear(),
            Err(refused) => {
                return Err(StoreError::internal(format!("the setting {} is refused", refused.key)));
            }
        }
    }
}
