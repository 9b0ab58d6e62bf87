//! Days of a time zone.

use crate::ctx::Timestamp;
use crate::schools::TimeZone;
use chrono::{NaiveDate, NaiveTime, TimeDelta, TimeZone as _, Utc};

/// The day on which `at` falls.
pub(super) fn date_of(zone: TimeZone, at: Timestamp) -> NaiveDate {
    at.with_timezone(&zone).date_naive()
}

/// When `day` begins: at midnight, or an hour later where the clocks skip it.
pub(super) fn begin_of(zone: TimeZone, day: NaiveDate) -> Timestamp {
    let midnight = day.and_time(NaiveTime::MIN);
    let begins = [midnight, midnight + TimeDelta::hours(1)]
        .iter()
        .find_map(|local| zone.from_local_datetime(local).earliest());
    begins.map_or_else(|| Utc.from_utc_datetime(&midnight), |begins| begins.to_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_where_the_school_is() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
        let begins = begin_of(TimeZone::Asia__Seoul, day);
        assert_eq!(begins.to_rfc3339(), "2026-03-01T15:00:00+00:00");
        assert_eq!(date_of(TimeZone::Asia__Seoul, begins), day);
        assert_eq!(
            date_of(TimeZone::Asia__Seoul, begins - TimeDelta::microseconds(1)),
            day.pred_opt().unwrap()
        );
        // Clocks in Santiago skip midnight once a year.
        let skipped = NaiveDate::from_ymd_opt(2026, 9, 6).unwrap();
        assert_eq!(
            date_of(TimeZone::America__Santiago, begin_of(TimeZone::America__Santiago, skipped)),
            skipped
        );
    }
}
