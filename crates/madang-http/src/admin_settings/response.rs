//! The settings as admins see them.

use madang_domain::site_settings::{Setting, SettingValue};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Every setting by its key.
#[derive(Serialize, ToSchema)]
#[schema(as = SettingsDocument)]
pub(super) struct SettingsDocument(BTreeMap<String, SettingResponse>);

/// A setting: what is in force, what it was started with, its bounds and what it is for.
#[derive(Serialize, ToSchema)]
#[schema(as = SettingValue)]
pub(super) struct SettingResponse {
    #[schema(value_type = Value)]
    value: ValueResponse,
    #[schema(value_type = Value)]
    default: ValueResponse,
    #[schema(required)]
    min: Option<i64>,
    #[schema(required)]
    max: Option<i64>,
    description: &'static str,
}

/// A number, a switch, or a list of words.
#[derive(Serialize)]
#[serde(untagged)]
enum ValueResponse {
    Whole(i64),
    Fraction(f64),
    Truth(bool),
    Texts(Vec<String>),
}

impl SettingsDocument {
    pub(super) fn new(settings: &[Setting]) -> Self {
        Self(
            settings
                .iter()
                .map(|setting| (setting.spec.key.clone(), SettingResponse::new(setting)))
                .collect(),
        )
    }
}

impl SettingResponse {
    fn new(setting: &Setting) -> Self {
        let Setting { spec, value } = setting;
        Self {
            value: value.into(),
            default: (&spec.default).into(),
            min: spec.min,
            max: spec.max,
            description: spec.about,
        }
    }
}

impl From<&SettingValue> for ValueResponse {
    fn from(value: &SettingValue) -> Self {
        match value {
            SettingValue::Whole(number) => Self::Whole(*number),
            SettingValue::Fraction(number) => Self::Fraction(*number),
            SettingValue::Truth(truth) => Self::Truth(*truth),
            SettingValue::Texts(texts) => Self::Texts(texts.clone()),
        }
    }
}
