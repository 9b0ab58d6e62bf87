//! How long to wait after a failure.

use crate::ctx::Timestamp;
use chrono::TimeDelta;

/// After this many failures a message is given up: a little less than a day after it was written.
pub const ATTEMPTS_MAX: u32 = 12;

/// When to try again after the `attempts`-th failure at `now`: pauses grow from five seconds by a factor of 2.5 up to six
/// hours. `None` when it is time to give up, or when the message would come too late for its link, which ends at
/// `useful_until`.
pub fn next_attempt(attempts: u32, now: Timestamp, useful_until: Option<Timestamp>) -> Option<Timestamp> {
    if attempts >= ATTEMPTS_MAX {
        return None;
    }
    let longest = TimeDelta::hours(6).num_milliseconds();
    let mut pause = TimeDelta::seconds(5).num_milliseconds();
    for _ in 1..attempts {
        pause = (pause * 5 / 2).min(longest);
    }
    let at = now + TimeDelta::milliseconds(pause);
    useful_until.is_none_or(|end| at < end).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;

    #[test]
    fn pauses_grow_and_end() {
        let now = DateTime::UNIX_EPOCH;
        let pauses: Vec<i64> =
            (1..ATTEMPTS_MAX).map(|n| (next_attempt(n, now, None).unwrap() - now).num_seconds()).collect();
        assert_eq!(&pauses[..4], [5, 12, 31, 78]);
        assert!(pauses.windows(2).all(|pair| pair[0] < pair[1] || pair[1] == 6 * 3600), "{pauses:?}");
        assert!((12..24).contains(&(pauses.iter().sum::<i64>() / 3600)), "{pauses:?}");
        assert_eq!(next_attempt(ATTEMPTS_MAX, now, None), None);
    }

    #[test]
    fn a_link_that_would_have_ended_is_not_sent() {
        let now = DateTime::UNIX_EPOCH;
        assert_eq!(next_attempt(1, now, Some(now + TimeDelta::seconds(5))), None);
        assert!(next_attempt(1, now, Some(now + TimeDelta::seconds(6))).is_some());
    }
}
