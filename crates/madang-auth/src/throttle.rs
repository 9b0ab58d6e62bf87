//! How fast passwords may be tried (AUTH-17).
//!
//! Failures are counted, not attempts, because a campus sits behind one address. An unknown device is counted under the
//! name and its network, and under the name for all networks together; a device that has logged in before has an
//! allowance of its own, so that strangers never lock the owner out.

use crate::login_keys::{KnownDevice, LoginKeys};
use chrono::TimeDelta;
use madang_domain::accounts::{BucketKey, LoginBucket};
use madang_domain::audit::{AuditAction, AuditEntry};
use madang_domain::ctx::Moment;
use madang_domain::ids::UserId;
use madang_domain::store::{StoreError, UnitOfWork};
use std::net::IpAddr;

/// For how long the failures under a name are counted.
const NAME_WINDOW: TimeDelta = TimeDelta::hours(1);
/// The longest wait between two attempts from unknown devices under one name.
const NAME_WAIT_MAX: TimeDelta = TimeDelta::seconds(60);

/// Who is tried, and from where.
pub(crate) struct Target<'a> {
    /// The folded name as typed, whether anybody has it or not.
    pub(crate) identifier: &'a str,
    /// The account, if there is one.
    pub(crate) user: Option<UserId>,
    /// Where the attempt comes from.
    pub(crate) address: IpAddr,
    /// The device, if it has logged in to that account before.
    pub(crate) device: Option<KnownDevice>,
}

impl Target<'_> {
    /// How long the next attempt must wait; `None` when it may go ahead.
    pub(crate) fn wait(
        &self,
        uow: &mut dyn UnitOfWork,
        moment: &Moment,
        keys: &LoginKeys,
    ) -> Result<Option<TimeDelta>, StoreError> {
        let policy = &moment.policy.auth;
        let own = uow.login_buckets().find(self.own(keys))?;
        let full = own.filter(|bucket| {
            bucket.failures >= policy.login_failures && !bucket.is_over(moment.now, policy.login_window)
        });
        if let Some(bucket) = full {
            return Ok(Some(bucket.window_start + policy.login_window - moment.now));
        }
        if self.device.is_some() {
            return Ok(None);
        }
        let named = uow.login_buckets().find(keys.bucket_of_name(self.identifier))?;
        let wait = named.and_then(|bucket| bucket.wait_until).map(|end| end - moment.now);
        Ok(wait.filter(|wait| *wait > TimeDelta::zero()))
    }

    /// Counts a failure. The one that fills a bucket is audited.
    pub(crate) fn fail(
        &self,
        uow: &mut dyn UnitOfWork,
        moment: &Moment,
        keys: &LoginKeys,
    ) -> Result<(), StoreError> {
        let policy = &moment.policy.auth;
        let own = bump(uow, moment, self.own(keys), policy.login_window)?;
        if own.failures == policy.login_failures {
            self.audit(uow, moment, if self.device.is_some() { "known device" } else { "network" })?;
        }
        if self.device.is_some() {
            return Ok(());
        }
        let key = keys.bucket_of_name(self.identifier);
        let named = bump(uow, moment, key, NAME_WINDOW)?;
        let excess = named.failures.saturating_sub(policy.login_failures_per_name_hour);
        if named.failures >= policy.login_failures_per_name_hour {
            let wait = TimeDelta::seconds(i64::from(excess) + 1).min(NAME_WAIT_MAX);
            uow.login_buckets().save_wait(key, moment.now + wait)?;
        }
        if named.failures == policy.login_failures_per_name_hour {
            self.audit(uow, moment, "name")?;
        }
        Ok(())
    }

    /// Empties the bucket of the network or device alone.
    pub(crate) fn succeed(&self, uow: &mut dyn UnitOfWork, keys: &LoginKeys) -> Result<(), StoreError> {
        uow.login_buckets().delete(self.own(keys))
    }

    fn own(&self, keys: &LoginKeys) -> BucketKey {
        match (self.user, self.device) {
            (Some(user), Some(device)) => keys.bucket_of_device(user, device),
            _ => keys.bucket_of_network(self.identifier, self.address),
        }
    }

    fn audit(&self, uow: &mut dyn UnitOfWork, moment: &Moment, detail: &str) -> Result<(), StoreError> {
        let mut entry = AuditEntry::new(moment, AuditAction::LoginThrottled).detail(detail);
        entry.subject = self.user;
        uow.audit().add_event(&entry)
    }
}

fn bump(
    uow: &mut dyn UnitOfWork,
    moment: &Moment,
    key: BucketKey,
    window: TimeDelta,
) -> Result<LoginBucket, StoreError> {
    uow.login_buckets().bump_failures(key, moment.now, moment.now - window)
}
