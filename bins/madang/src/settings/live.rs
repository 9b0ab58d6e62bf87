//! What admins may change while the server runs: the keys that rules read, over what the server was started with.

use super::about::about;
use super::raw::Raw;
use super::{Mode, SettingsError};
use madang_domain::policy::Policy;
use madang_domain::site_settings::{Overrides, SettingRefused, SettingSpec, SettingValue, SettingsCatalogue};
use madang_domain::text::FieldError;
use serde_json::{Map, Value};

/// Keys that hold for as long as the server runs: tokens that are out would outlive what verifies them.
const FIXED: [&str; 1] = ["auth.access_ttl_seconds"];

/// The settings of a server that runs.
pub(super) struct Live {
    /// As JSON, which unlike TOML keeps what is left open.
    raw: Map<String, Value>,
    mode: Mode,
    specs: Vec<SettingSpec>,
}

impl Live {
    pub(super) fn new(raw: Raw, mode: Mode) -> Result<Self, SettingsError> {
        let Ok(Value::Object(raw)) = serde_json::to_value(&raw) else {
            return Err(SettingsError::new("settings", "they cannot be written as a table"));
        };
        let mut specs = Vec::new();
        for (key, bounds) in Raw::rules() {
            if FIXED.contains(&key) {
                continue;
            }
            let default = find(&raw, key).and_then(value);
            let (Some(default), Some(about)) = (default, about(key)) else {
                return Err(SettingsError::new(key, "nothing says what it is for"));
            };
            let (min, max) = bounds.map(|bounds| (*bounds.start(), *bounds.end())).unzip();
            specs.push(SettingSpec { key: key.to_owned(), default, min, max, about });
        }
        specs.sort_by(|one, other| one.key.cmp(&other.key));
        Ok(Self { raw, mode, specs })
    }
}

impl SettingsCatalogue for Live {
    fn specs(&self) -> &[SettingSpec] {
        &self.specs
    }

    fn policy(&self, overrides: &Overrides) -> Result<Policy, SettingRefused> {
        let refused = |key: &str| SettingRefused { key: key.to_owned(), error: FieldError::Invalid };
        let mut table = self.raw.clone();
        for (key, value) in overrides {
            if !self.specs.iter().any(|spec| spec.key == *key) {
                return Err(refused(key));
            }
            let (section, name) = key.split_once('.').ok_or_else(|| refused(key))?;
            let Some(Value::Object(section)) = table.get_mut(section) else { return Err(refused(key)) };
            section.insert(name.to_owned(), written(value));
        }
        let raw: Raw = serde_json::from_value(Value::Object(table)).map_err(|_| refused("settings"))?;
        raw.check(self.mode).map_err(|error| refused(error.key()))?;
        Ok(raw.policy())
    }
}

fn find<'t>(table: &'t Map<String, Value>, key: &str) -> Option<&'t Value> {
    let (section, name) = key.split_once('.')?;
    table.get(section)?.get(name)
}

fn value(value: &Value) -> Option<SettingValue> {
    Some(match value {
        Value::Number(number) => match number.as_i64() {
            Some(whole) => SettingValue::Whole(whole),
            None => SettingValue::Fraction(number.as_f64()?),
        },
        Value::Bool(truth) => SettingValue::Truth(*truth),
        Value::Array(texts) => {
            let texts = texts.iter().map(|text| text.as_str().map(str::to_owned));
            SettingValue::Texts(texts.collect::<Option<_>>()?)
        }
        Value::Null | Value::String(_) | Value::Object(_) => return None,
    })
}

fn written(value: &SettingValue) -> Value {
    match value {
        SettingValue::Whole(number) => Value::from(*number),
        SettingValue::Fraction(number) => Value::from(*number),
        SettingValue::Truth(truth) => Value::from(*truth),
        SettingValue::Texts(texts) => Value::from(texts.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn live() -> Live {
        Live::new(Raw::default(), Mode::Normal).unwrap()
    }

    fn of(pairs: &[(&str, SettingValue)]) -> Overrides {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect()
    }

    #[test]
    fn x_8_every_key_of_a_rule_is_listed_with_its_default_and_a_sentence() {
        let live = live();
        assert_eq!(live.specs.len(), Raw::rules().len() - FIXED.len());
        assert!(live.specs.iter().all(|spec| spec.about.ends_with('.') && spec.check(&spec.default).is_ok()));
        assert_eq!(live.policy(&Overrides::new()).unwrap(), Policy::default());
    }

    #[test]
    fn x_8_overrides_change_the_policy_and_contradictions_are_refused() {
        let policy = live().policy(&of(&[
            ("posts.hot_likes", SettingValue::Whole(3)),
            ("posts.refuse_duplicate", SettingValue::Truth(false)),
            ("moderation.refused_words", SettingValue::Texts(vec!["spam".to_owned()])),
        ]));
        let policy = policy.unwrap();
        assert_eq!((policy.posts.hot_likes, policy.posts.refuse_duplicate), (3, false));
        assert_eq!(policy.moderation.refused_words, ["spam"]);
        let refused = live().policy(&of(&[
            ("accounts.username_min", SettingValue::Whole(20)),
            ("accounts.username_max", SettingValue::Whole(10)),
        ]));
        assert_eq!(refused.unwrap_err().key, "accounts.username_min");
        assert!(live().policy(&of(&[("http.bind", SettingValue::Whole(1))])).is_err());
    }
}
