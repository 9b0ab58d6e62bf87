//! What may be changed, and what a change makes of the policy.

use super::{SettingSpec, SettingValue};
use crate::policy::Policy;
use crate::text::FieldError;
use std::collections::BTreeMap;

/// What differs from the defaults, by key.
pub type Overrides = BTreeMap<String, SettingValue>;

/// Why settings do not go together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingRefused {
    /// The key that is refused.
    pub key: String,
    /// Why.
    pub error: FieldError,
}

/// Knows every setting that may be changed while the site runs.
pub trait SettingsCatalogue: Send + Sync {
    /// All of them, by key.
    fn specs(&self) -> &[SettingSpec];

    /// The policy of what the site was started with and `overrides`.
    ///
    /// # Errors
    /// The first setting that is unknown, out of bounds or at odds with another.
    fn policy(&self, overrides: &Overrides) -> Result<Policy, SettingRefused>;
}
