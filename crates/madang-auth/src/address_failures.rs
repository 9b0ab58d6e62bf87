//! Failed logins by address, whatever the names tried: a limit for those who try many names. Kept in the memory of each
//! process, because it need not be exact; the exact limits are those of names and devices.

use chrono::TimeDelta;
use madang_domain::ctx::{Moment, Timestamp};
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// So many addresses are remembered at most; beyond that those whose window is over are forgotten, then all.
const MOST: usize = 50_000;

/// Failures by address since the window of each began.
#[derive(Debug, Default)]
pub struct AddressFailures {
    by_address: Mutex<HashMap<IpAddr, Window>>,
}

#[derive(Clone, Copy, Debug)]
struct Window {
    failures: u32,
    start: Timestamp,
}

impl AddressFailures {
    /// How long `address` must wait before it tries again; `None` when it may go ahead.
    pub fn wait(&self, moment: &Moment, address: IpAddr) -> Option<TimeDelta> {
        let policy = &moment.policy.auth;
        let window = self.lock().get(&address).copied()?;
        let left = window.start + policy.login_window - moment.now;
        (window.failures >= policy.login_failures_per_address && left > TimeDelta::zero()).then_some(left)
    }

    /// Counts a failure.
    pub fn fail(&self, moment: &Moment, address: IpAddr) {
        let over_before = moment.now - moment.policy.auth.login_window;
        let mut by_address = self.lock();
        if by_address.len() >= MOST && !by_address.contains_key(&address) {
            by_address.retain(|_, window| window.start > over_before);
            if by_address.len() >= MOST {
                by_address.clear();
            }
        }
        let window = by_address.entry(address).or_insert(Window { failures: 0, start: moment.now });
        if window.start <= over_before {
            *window = Window { failures: 0, start: moment.now };
        }
        window.failures = window.failures.saturating_add(1);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<IpAddr, Window>> {
        self.by_address.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::moment;
    use std::net::Ipv4Addr;

    #[test]
    fn auth_17_many_names_from_one_address_wait_for_the_window() {
        let failures = AddressFailures::default();
        let (here, there) =
            (IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1)), IpAddr::V4(Ipv4Addr::new(192, 0, 2, 2)));
        let limit = moment(0).policy.auth.login_failures_per_address;
        for _ in 1..limit {
            failures.fail(&moment(0), here);
        }
        assert_eq!(failures.wait(&moment(1), here), None);
        failures.fail(&moment(1), here);
        assert_eq!(failures.wait(&moment(1), here), Some(TimeDelta::seconds(15 * 60 - 1)));
        assert_eq!(failures.wait(&moment(1), there), None);
        assert_eq!(failures.wait(&moment(15 * 60), here), None);
        failures.fail(&moment(15 * 60), here);
        assert_eq!(failures.wait(&moment(15 * 60), here), None, "a new window");
    }
}
