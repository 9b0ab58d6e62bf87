//! The halves of years by which the best posts are grouped (POST-8).

use crate::ctx::Timestamp;
use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use std::ops::Range;

/// Half a year of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HalfYear {
    year: i32,
    second: bool,
}

impl HalfYear {
    /// The half of a word such as `2026H1`.
    pub fn from_word(word: &str) -> Option<Self> {
        let (year, half) = word.split_once('H')?;
        let year =
            year.parse().ok().filter(|_| year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()))?;
        match half {
            "1" => Some(Self { year, second: false }),
            "2" => Some(Self { year, second: true }),
            _ => None,
        }
    }

    /// From its first instant to that of the next half, where clocks run as in `zone`.
    pub fn range(self, zone: Tz) -> Range<Timestamp> {
        let (from, to) = match self.second {
            false => ((self.year, 1), (self.year, 7)),
            true => ((self.year, 7), (self.year + 1, 1)),
        };
        first_instant(from, zone)..first_instant(to, zone)
    }
}

fn first_instant((year, month): (i32, u32), zone: Tz) -> Timestamp {
    let midnight = NaiveDate::from_ymd_opt(year, month, 1).map(|day| day.and_time(NaiveTime::MIN));
    // Where clocks skip this midnight the first instant after it would be an hour off; no zone does on these days.
    midnight.map_or(DateTime::UNIX_EPOCH, |midnight| {
        zone.from_local_datetime(&midnight)
            .earliest()
            .map_or_else(|| Utc.from_utc_datetime(&midnight), |instant| instant.with_timezone(&Utc))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn post_8_halves_follow_the_clocks_of_the_school() {
        let first = HalfYear::from_word("2026H1").unwrap().range(Tz::Asia__Seoul);
        let second = HalfYear::from_word("2026H2").unwrap().range(Tz::Asia__Seoul);
        assert_eq!(first.start.to_rfc3339(), "2025-12-31T15:00:00+00:00");
        assert_eq!(
            (first.end, first.end.to_rfc3339()),
            (second.start, "2026-06-30T15:00:00+00:00".to_owned())
        );
        assert_eq!(second.end.to_rfc3339(), "2026-12-31T15:00:00+00:00");
        for word in ["2026", "2026H", "2026H3", "26H1", "2026h1", "+026H1", "2026H1 ", ""] {
            assert_eq!(HalfYear::from_word(word), None, "{word}");
        }
    }
}
