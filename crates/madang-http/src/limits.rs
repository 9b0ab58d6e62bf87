//! Rate limits: per user, else per network, and the headers that tell them.
//!
//! They are kept in memory, one set a process. The header fields follow a draft standard, so they are written nowhere else.

use crate::answer::Answer;
use crate::problem::{Code, Problem};
use actix_web::http::header::{HeaderName, HeaderValue};
use arc_swap::ArcSwapOption;
use chrono::TimeDelta;
use governor::clock::Clock as GovernorClock;
use governor::middleware::StateInformationMiddleware;
use governor::nanos::Nanos;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter};
use madang_domain::ctx::Clock;
use madang_domain::ids::UserId;
use madang_domain::policy::LimitsPolicy;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// Keys are forgotten after this many checks, once their allowance is whole again.
const SWEEP_EVERY: u32 = 4096;

/// Whose allowance is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Caller {
    /// A user, wherever the requests come from.
    User(UserId),
    /// A network, for callers who are not logged in.
    Network(IpAddr),
}

/// The kinds of requests that have an allowance of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rate {
    /// Reads.
    Read,
    /// Writes.
    Write,
    /// Reads with a search.
    Search,
    /// Sign-ups.
    SignUp,
}

type Limiter = RateLimiter<Caller, DefaultKeyedStateStore<Caller>, HandedClock, StateInformationMiddleware>;

/// All allowances. They begin anew when a setting of theirs is changed.
pub(crate) struct Limits {
    clock: Arc<dyn Clock>,
    buckets: ArcSwapOption<Buckets>,
}

/// The allowances under one policy.
struct Buckets {
    policy: LimitsPolicy,
    read: Option<Bucket>,
    write: Option<Bucket>,
    search: Option<Bucket>,
    sign_up: Option<Bucket>,
}

struct Bucket {
    name: &'static str,
    quota: u32,
    window: Duration,
    limiter: Limiter,
    checks: AtomicU32,
}

/// What is left of an allowance after a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Allowance {
    name: &'static str,
    quota: u32,
    window: u64,
    left: u32,
    reset: u64,
}

/// The clock that was handed in, as the limiter wants it.
#[derive(Clone)]
struct HandedClock(Arc<dyn Clock>);

impl GovernorClock for HandedClock {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        let micros = self.0.now().timestamp_micros().max(0).unsigned_abs();
        Nanos::from(Duration::from_micros(micros))
    }
}

impl Limits {
    pub(crate) fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, buckets: ArcSwapOption::empty() }
    }

    /// Takes one request from the allowance of `caller` under `policy`. `None` when that limit is off.
    ///
    /// # Errors
    /// `rate_limited`, with the wait and the headers.
    pub(crate) fn take(
        &self,
        policy: &LimitsPolicy,
        rate: Rate,
        caller: Caller,
    ) -> Result<Option<Allowance>, Problem> {
        let buckets = self.under(policy);
        let bucket = match rate {
            Rate::Read => &buckets.read,
            Rate::Write => &buckets.write,
            Rate::Search => &buckets.search,
            Rate::SignUp => &buckets.sign_up,
        };
        bucket.as_ref().map(|bucket| bucket.take(caller)).transpose()
    }

    fn under(&self, policy: &LimitsPolicy) -> Arc<Buckets> {
        if let Some(buckets) = self.buckets.load_full().filter(|buckets| buckets.policy == *policy) {
            return buckets;
        }
        let fresh = Arc::new(Buckets::new(policy, Arc::clone(&self.clock)));
        self.buckets.store(Some(Arc::clone(&fresh)));
        fresh
    }
}

impl Buckets {
    fn new(policy: &LimitsPolicy, clock: Arc<dyn Clock>) -> Self {
        let clock = HandedClock(clock);
        let bucket =
            |name, quota, minutes: u64| Bucket::new(name, quota, Duration::from_secs(60 * minutes), &clock);
        Self {
            read: bucket("read", policy.read_per_minute, 1),
            write: bucket("write", policy.write_per_minute, 1),
            search: bucket("search", policy.search_per_minute, 1),
            sign_up: bucket("sign-up", policy.sign_up_per_hour, 60),
            policy: policy.clone(),
        }
    }
}

impl Bucket {
    fn new(name: &'static str, quota: u32, window: Duration, clock: &HandedClock) -> Option<Self> {
        let burst = NonZeroU32::new(quota)?;
        let rate = Quota::with_period(window / quota)?.allow_burst(burst);
        let limiter = Limiter::new(rate, DefaultKeyedStateStore::default(), clock.clone());
        Some(Self { name, quota, window, limiter, checks: AtomicU32::new(0) })
    }

    fn take(&self, caller: Caller) -> Result<Allowance, Problem> {
        if self.checks.fetch_add(1, Ordering::Relaxed) % SWEEP_EVERY == SWEEP_EVERY - 1 {
            self.limiter.retain_recent();
        }
        match self.limiter.check_key(&caller) {
            Ok(state) => Ok(self.allowance(state.remaining_burst_capacity(), None)),
            Err(refused) => {
                let wait = refused.wait_time_from(self.limiter.clock().now());
                let millis = i64::try_from(wait.as_millis()).unwrap_or(i64::MAX);
                let problem = Problem::retry_after(Code::RateLimited, TimeDelta::milliseconds(millis.max(1)));
                Err(headers(&self.allowance(0, Some(wait)))
                    .into_iter()
                    .fold(problem, |problem, (name, value)| problem.with_header(name, value)))
            }
        }
    }

    fn allowance(&self, left: u32, wait: Option<Duration>) -> Allowance {
        let whole = self.window * (self.quota - left.min(self.quota)) / self.quota;
        let reset = wait.unwrap_or(whole);
        Allowance {
            name: self.name,
            quota: self.quota,
            window: self.window.as_secs(),
            left,
            reset: reset.as_millis().div_ceil(1000).try_into().unwrap_or(u64::MAX),
        }
    }
}

/// Adds what is left to an answer that does not tell it already.
pub(crate) fn tell(answer: Answer, allowance: Option<&Allowance>) -> Answer {
    let Some(allowance) = allowance else { return answer };
    if answer.header(&HeaderName::from_static("ratelimit")).is_some() {
        return answer;
    }
    headers(allowance).into_iter().fold(answer, |answer, (name, value)| answer.with(name, value))
}

fn headers(allowance: &Allowance) -> Vec<(HeaderName, HeaderValue)> {
    let Allowance { name, quota, window, left, reset } = allowance;
    let fields = [
        (HeaderName::from_static("ratelimit-policy"), format!("\"{name}\";q={quota};w={window}")),
        (HeaderName::from_static("ratelimit"), format!("\"{name}\";r={left};t={reset}")),
    ];
    fields.into_iter().filter_map(|(name, value)| Some((name, HeaderValue::from_str(&value).ok()?))).collect()
}

/// `rate_limited` with the headers of a limit that is kept elsewhere: `quota` in `window`, open again after `wait`.
pub fn limited(name: &'static str, quota: u32, window: TimeDelta, wait: TimeDelta) -> Problem {
    let seconds = |delta: TimeDelta| u64::try_from((delta.num_milliseconds() + 999) / 1000).unwrap_or(0);
    let allowance = Allowance { name, quota, window: seconds(window), left: 0, reset: seconds(wait).max(1) };
    headers(&allowance)
        .into_iter()
        .fold(Problem::retry_after(Code::RateLimited, wait), |problem, (name, value)| {
            problem.with_header(name, value)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;
    use madang_domain::ctx::Timestamp;
    use std::sync::atomic::AtomicI64;

    struct Hand(AtomicI64);
    impl Clock for Hand {
        fn now(&self) -> Timestamp {
            DateTime::from_timestamp_micros(self.0.load(Ordering::Relaxed)).unwrap()
        }
    }

    #[test]
    fn s_50_one_callers_excess_is_nobody_elses() {
        let clock = Arc::new(Hand(AtomicI64::new(1_700_000_000_000_000)));
        let policy = LimitsPolicy { write_per_minute: 3, read_per_minute: 0, ..LimitsPolicy::default() };
        let limits = Limits::new(Arc::clone(&clock) as Arc<dyn Clock>);
        let (one, two) =
            (Caller::User(UserId(uuid::Uuid::from_u128(1))), Caller::Network([192, 0, 2, 1].into()));
        for left in [2, 1, 0] {
            assert_eq!(limits.take(&policy, Rate::Write, one).unwrap().unwrap().left, left);
        }
        assert_eq!(limits.take(&policy, Rate::Write, one).unwrap_err().code(), Code::RateLimited);
        assert!(limits.take(&policy, Rate::Write, two).is_ok());
        assert_eq!(limits.take(&policy, Rate::Read, one).unwrap(), None);
        clock.0.fetch_add(20_000_000, Ordering::Relaxed);
        assert!(limits.take(&policy, Rate::Write, one).is_ok());
        assert!(limits.take(&policy, Rate::Write, one).is_err());
    }
}
