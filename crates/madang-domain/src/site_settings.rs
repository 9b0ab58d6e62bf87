//! Settings that admins change while the site runs.
//!
//! What may be changed, and within which bounds, is the [`SettingsCatalogue`]'s to say, which the binary hands in: it knows
//! what the site was started with. What was changed is stored, so that every node reads it.

mod catalogue;
mod change_settings;
mod load_policy;
mod repository;
mod setting;

pub use catalogue::{Overrides, SettingRefused, SettingsCatalogue};
pub use change_settings::{ChangeSettings, ChangeSettingsError, change_settings};
pub use load_policy::{list_settings, load_policy};
pub use repository::SettingsRepository;
pub use setting::{Setting, SettingSpec, SettingValue};
