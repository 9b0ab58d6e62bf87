//! One setting.

use crate::text::FieldError;

/// Most entries of a list.
const TEXTS_MAX: usize = 1000;
/// Most characters of an entry of a list.
const TEXT_MAX: usize = 100;

/// What a setting may hold.
#[derive(Clone, Debug, PartialEq)]
pub enum SettingValue {
    /// A whole number.
    Whole(i64),
    /// A number that is not whole: only a file for tests can hold one.
    Fraction(f64),
    /// On or off.
    Truth(bool),
    /// A list of words.
    Texts(Vec<String>),
}

/// What is known of a setting before anybody changes it.
#[derive(Clone, Debug, PartialEq)]
pub struct SettingSpec {
    /// Its dotted key.
    pub key: String,
    /// What the site was started with.
    pub default: SettingValue,
    /// The least number.
    pub min: Option<i64>,
    /// The greatest number.
    pub max: Option<i64>,
    /// What it is for, in a sentence.
    pub about: &'static str,
}

/// A setting as it is in force.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// What is known of it.
    pub spec: SettingSpec,
    /// What is in force.
    pub value: SettingValue,
}

impl SettingSpec {
    /// Refuses what is of another kind than the default, or out of bounds.
    pub fn check(&self, value: &SettingValue) -> Result<(), FieldError> {
        match (&self.default, value) {
            (SettingValue::Whole(_) | SettingValue::Fraction(_), SettingValue::Whole(number)) => {
                if self.min.is_some_and(|min| *number < min) {
                    Err(FieldError::MinValue)
                } else if self.max.is_some_and(|max| *number > max) {
                    Err(FieldError::MaxValue)
                } else {
                    Ok(())
                }
            }
            (SettingValue::Truth(_), SettingValue::Truth(_)) => Ok(()),
            (SettingValue::Texts(_), SettingValue::Texts(texts)) => {
                if texts.len() > TEXTS_MAX {
                    return Err(FieldError::TooMany);
                }
                let odd = |text: &String| {
                    text.trim().is_empty()
                        || text.chars().count() > TEXT_MAX
                        || text.chars().any(char::is_control)
                };
                if texts.iter().any(odd) { Err(FieldError::Invalid) } else { Ok(()) }
            }
            _ => Err(FieldError::Invalid),
        }
    }
}

impl std::fmt::Display for SettingValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Whole(number) => write!(f, "{number}"),
            Self::Fraction(number) => write!(f, "{number}"),
            Self::Truth(truth) => write!(f, "{truth}"),
            Self::Texts(texts) => f.write_str(&texts.join(", ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spec(default: SettingValue) -> SettingSpec {
        SettingSpec { key: "a.b".to_owned(), default, min: Some(1), max: Some(9), about: "" }
    }

    #[test]
    fn x_8_values_have_a_kind_and_bounds() {
        let number = spec(SettingValue::Whole(5));
        assert_eq!(number.check(&SettingValue::Whole(0)), Err(FieldError::MinValue));
        assert_eq!(number.check(&SettingValue::Whole(10)), Err(FieldError::MaxValue));
        assert_eq!(number.check(&SettingValue::Whole(9)), Ok(()));
        assert_eq!(number.check(&SettingValue::Truth(true)), Err(FieldError::Invalid));
        let texts = spec(SettingValue::Texts(Vec::new()));
        assert_eq!(texts.check(&SettingValue::Texts(vec![" ".to_owned()])), Err(FieldError::Invalid));
        assert_eq!(texts.check(&SettingValue::Texts(vec!["a\nb".to_owned()])), Err(FieldError::Invalid));
        assert_eq!(texts.check(&SettingValue::Texts(vec!["word".to_owned()])), Ok(()));
    }
}
