//! Numbers with a unit in their key's name.

use chrono::TimeDelta;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A length of time in the unit that its key names (`…_seconds`, `…_days`).
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub(super) struct Amount(pub(super) f64);

impl Amount {
    const fn of(delta: TimeDelta, unit: f64) -> Self {
        // Six digits after the point of a second: what the clock keeps.
        Self(delta.num_milliseconds() as f64 / 1000.0 / unit)
    }

    fn delta(self, unit: f64) -> TimeDelta {
        TimeDelta::microseconds((self.0 * unit * 1e6).round() as i64)
    }
}

/// How a field of a section and a field of the policy become each other.
pub(super) mod units {
    macro_rules! units {
        ($($name:ident: $seconds:literal;)*) => {$(
            pub(in crate::settings) mod $name {
                use super::super::Amount;
                use chrono::TimeDelta;

                pub(in crate::settings) fn raw(delta: &TimeDelta) -> Amount {
                    Amount::of(*delta, $seconds)
                }

                pub(in crate::settings) fn cooked(amount: &Amount) -> TimeDelta {
                    amount.delta($seconds)
                }
            }
        )*};
    }

    units! {
        seconds: 1.0;
        minutes: 60.0;
        hours: 3600.0;
        days: 86400.0;
    }

    /// Fields that are alike on both sides.
    pub(in crate::settings) mod plain {
        pub(in crate::settings) fn raw<T: Clone>(value: &T) -> T {
            value.clone()
        }

        pub(in crate::settings) fn cooked<T: Clone>(value: &T) -> T {
            value.clone()
        }
    }
}

impl Amount {
    /// The amount as seconds of the standard library's kind; negative ones are zero.
    pub(super) fn as_seconds(self) -> std::time::Duration {
        std::time::Duration::try_from_secs_f64(self.0).unwrap_or_default()
    }

    /// The amount as milliseconds.
    pub(super) fn as_millis(self) -> std::time::Duration {
        std::time::Duration::try_from_secs_f64(self.0 / 1000.0).unwrap_or_default()
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.fract() == 0.0 {
            serializer.serialize_i64(self.0 as i64)
        } else {
            serializer.serialize_f64(self.0)
        }
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        f64::deserialize(deserializer).map(Self)
    }
}

/// What can be compared with bounds.
pub(super) trait Measured {
    /// Whether `mode = "test"` allows fractions and less than the least value.
    const TIME: bool = false;

    /// The number, unless the setting is left to be worked out.
    fn number(&self) -> Option<f64>;
}

impl Measured for Amount {
    const TIME: bool = true;

    fn number(&self) -> Option<f64> {
        Some(self.0)
    }
}

macro_rules! measured {
    ($($number:ty)*) => {$(
        impl Measured for $number {
            fn number(&self) -> Option<f64> {
                Some(*self as f64)
            }
        }
    )*};
}

measured! { u8 u32 i64 usize }

impl<T: Measured> Measured for Option<T> {
    const TIME: bool = T::TIME;

    fn number(&self) -> Option<f64> {
        self.as_ref().and_then(T::number)
    }
}
