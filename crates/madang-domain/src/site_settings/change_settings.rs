//! Changing settings while the site runs.

use super::{Setting, SettingRefused, SettingValue, SettingsCatalogue, list_settings};
use crate::audit::{AuditAction, AuditEntry};
use crate::ctx::Ctx;
use crate::store::{StoreError, Topic, UnitOfWork};
use crate::text::FieldError;
use std::collections::BTreeMap;

/// What changes, by key; `None` goes back to the default.
pub type ChangeSettings = BTreeMap<String, Option<SettingValue>>;

/// Why nothing is changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeSettingsError {
    /// The settings are not as the caller saw them.
    #[error("the settings have changed")]
    PreconditionFailed,
    /// Keys that are unknown, out of bounds or at odds with others.
    #[error("settings are refused")]
    Refused(Vec<SettingRefused>),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Changes settings, all or none; one audited event for each. Applies to later requests and to nothing that was stamped
/// before. The row is open to admins alone, which the caller has judged.
pub fn change_settings(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    catalogue: &dyn SettingsCatalogue,
    changes: &ChangeSettings,
    as_seen: &dyn Fn(&[Setting]) -> bool,
) -> Result<Vec<Setting>, ChangeSettingsError> {
    let refused = refusals(catalogue, changes);
    if !refused.is_empty() {
        return Err(ChangeSettingsError::Refused(refused));
    }
    uow.exclusive(Topic::Settings)?;
    let before = list_settings(uow, catalogue)?;
    if !as_seen(&before) {
        return Err(ChangeSettingsError::PreconditionFailed);
    }
    let mut overrides = uow.site_settings().list()?;
    for (key, change) in changes {
        match change {
            Some(value) => overrides.insert(key.clone(), value.clone()),
            None => overrides.remove(key),
        };
    }
    catalogue.policy(&overrides).map_err(|refused| ChangeSettingsError::Refused(vec![refused]))?;
    let revision = uow.site_settings().find_revision()? + 1;
    for setting in &before {
        let Some(change) = changes.get(&setting.spec.key) else { continue };
        let new = change.as_ref().unwrap_or(&setting.spec.default);
        uow.site_settings().save(&setting.spec.key, change.as_ref(), revision, ctx.actor.user, ctx.now)?;
        if *new != setting.value {
            let detail = format!("{}: {} -> {new}", setting.spec.key, setting.value);
            let entry = AuditEntry::new(ctx, AuditAction::SettingChanged).by(ctx.actor.user);
            uow.audit().add_event(&entry.detail(detail))?;
        }
    }
    Ok(list_settings(uow, catalogue)?)
}

fn refusals(catalogue: &dyn SettingsCatalogue, changes: &ChangeSettings) -> Vec<SettingRefused> {
    let judge = |(key, change): (&String, &Option<SettingValue>)| {
        let spec = catalogue.specs().iter().find(|spec| spec.key == *key);
        let error = match (spec, change) {
            (None, _) => FieldError::UnknownField,
            (Some(_), None) => return None,
            (Some(spec), Some(value)) => spec.check(value).err()?,
        };
        Some(SettingRefused { key: key.clone(), error })
    };
    changes.iter().filter_map(judge).collect()
}
