//! What a section of the settings is made of.

use super::amount::Measured;
use super::{Mode, SettingsError};
use serde::{Deserialize, Deserializer};
use std::ops::RangeInclusive;

/// Declares a section: its keys, their types, defaults and bounds. Keys of a rule take their default from the domain's
/// policy, so that no number of the rules stands here; `own` keys belong to the server.
macro_rules! section {
    (
        $(#[$doc:meta])*
        $name:ident $key:literal {
            $(rules $policy:ty { $($rule:ident: $rule_type:ty = $unit:ident($target:ident) $(in $rule_range:expr)?;)* })?
            $(own { $($(#[$own_meta:meta])* $own:ident: $own_type:ty = $default:expr $(, in $own_range:expr)?;)* })?
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
        #[serde(deny_unknown_fields)]
        pub(in crate::settings) struct $name {
            $($(pub(in crate::settings) $rule: $rule_type,)*)?
            $($($(#[$own_meta])* pub(in crate::settings) $own: $own_type,)*)?
        }

        impl Default for $name {
            fn default() -> Self {
                $(let policy = <$policy>::default();)?
                Self {
                    $($($rule: $crate::settings::amount::units::$unit::raw(&policy.$target),)*)?
                    $($($own: $default,)*)?
                }
            }
        }

        impl $name {
            /// Refuses numbers that are out of bounds.
            pub(in crate::settings) fn check(
                &self,
                mode: $crate::settings::Mode,
            ) -> Result<(), $crate::settings::SettingsError> {
                let _ = mode;
                $($($($crate::settings::section::check(
                    concat!($key, ".", stringify!($rule)), &self.$rule, $rule_range, mode)?;)?)*)?
                $($($($crate::settings::section::check(
                    concat!($key, ".", stringify!($own)), &self.$own, $own_range, mode)?;)?)*)?
                Ok(())
            }

            $(
                /// The keys of the rules with the bounds of numbers.
                pub(in crate::settings) fn rules() -> Vec<(&'static str, Option<std::ops::RangeInclusive<i64>>)> {
                    vec![$((
                        concat!($key, ".", stringify!($rule)),
                        $crate::settings::section::only([$($rule_range)?]),
                    ),)*]
                }

                /// The part of the policy that this section holds.
                pub(in crate::settings) fn policy(&self) -> $policy {
                    type Part = $policy;
                    Part { $($target: $crate::settings::amount::units::$unit::cooked(&self.$rule),)* }
                }
            )?
        }
    };
}

pub(super) use section;

/// The bounds of a key, if it has any.
pub(super) fn only<const N: usize>(bounds: [RangeInclusive<i64>; N]) -> Option<RangeInclusive<i64>> {
    bounds.into_iter().next()
}

/// Refuses a number outside `bounds`. A time must be a whole number, unless the server runs for tests, where it may also
/// be shorter than the least one, though zero only where zero is within bounds.
pub(super) fn check<T: Measured>(
    key: &str,
    value: &T,
    bounds: RangeInclusive<i64>,
    mode: Mode,
) -> Result<(), SettingsError> {
    let Some(number) = value.number() else { return Ok(()) };
    let (least, most) = (*bounds.start() as f64, *bounds.end() as f64);
    let lax = T::TIME && mode == Mode::Test;
    if T::TIME && !lax && number.fract() != 0.0 {
        return Err(SettingsError::new(
            key,
            format!("{number} is not a whole number; write one (fractions are for mode = \"test\")"),
        ));
    }
    let inside = if lax {
        (number > 0.0 || least <= 0.0 && number == 0.0) && number <= most
    } else {
        (least..=most).contains(&number)
    };
    if inside {
        return Ok(());
    }
    Err(SettingsError::new(key, format!("{number} is out of bounds; choose a number from {least} to {most}")))
}

/// Reads a text that may look like a number or a truth value: environment variables carry no quotes.
pub(super) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged, expecting = "a text")]
    enum Scalar {
        Text(String),
        Whole(i64),
        Number(f64),
        Truth(bool),
    }

    Ok(match Scalar::deserialize(deserializer)? {
        Scalar::Text(text) => text,
        Scalar::Whole(number) => number.to_string(),
        Scalar::Number(number) => number.to_string(),
        Scalar::Truth(truth) => truth.to_string(),
    })
}

/// [`text`] for settings that may be left to be worked out.
pub(super) fn optional_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    struct Wrapped(#[serde(deserialize_with = "text")] String);

    Ok(Option::<Wrapped>::deserialize(deserializer)?.map(|Wrapped(text)| text))
}
