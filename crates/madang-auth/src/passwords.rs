//! Passwords: what is asked of them, in which form they are kept, and the threads that compute it.

mod common;
mod django;
mod hasher;
mod imported;
mod password;
mod rule;

pub use hasher::{Attempt, HasherSettings, HasherSettingsError, PasswordHasher, Verdict};
pub use imported::{ImportedPassword, ImportedPasswordError, read_imported};
pub use password::Password;
pub use rule::PasswordRule;

use crate::hash_pool::{HashError, HashPool, HashPoolSettings};
use madang_domain::accounts::PasswordHash;
use madang_domain::ctx::Moment;
use std::net::IpAddr;
use std::sync::Arc;

/// Hashes and checks passwords on threads of its own. Each call is one attempt, and counts as one, whatever the state of
/// the account and whether there is one.
#[derive(Debug)]
pub struct Passwords {
    hasher: Arc<PasswordHasher>,
    pool: HashPool,
}

/// How a password change ended.
#[derive(Debug)]
pub enum Change {
    /// The present password was wrong.
    Refused,
    /// The form in which the new one is kept.
    Made(PasswordHash),
}

impl Passwords {
    /// Starts the threads.
    ///
    /// # Errors
    ///
    /// When the system gives no thread.
    pub fn start(hasher: PasswordHasher, settings: HashPoolSettings) -> std::io::Result<Self> {
        Ok(Self { hasher: Arc::new(hasher), pool: HashPool::start(settings)? })
    }

    /// The form in which `password` is kept. `client` is who must wait when too many of its attempts are running.
    ///
    /// # Errors
    ///
    /// [`HashError::Busy`] when the queue is full or the wait too long.
    pub async fn hash(
        &self,
        client: IpAddr,
        moment: &Moment,
        password: Password,
    ) -> Result<PasswordHash, HashError> {
        let (hasher, salt) = (Arc::clone(&self.hasher), moment.random());
        self.pool.run(client, move || hasher.hash(&password, salt)).await?
    }

    /// Whether the attempt's password is right; always costs the same, also when there is nothing to compare with.
    ///
    /// # Errors
    ///
    /// As [`hash`](Self::hash).
    pub async fn check(
        &self,
        client: IpAddr,
        moment: &Moment,
        attempt: Attempt,
    ) -> Result<Verdict, HashError> {
        let (hasher, salt) = (Arc::clone(&self.hasher), moment.random());
        self.pool.run(client, move || hasher.check(&attempt, salt)).await?
    }

    /// Checks the present password and, when it is right, hashes the new one: one attempt.
    ///
    /// # Errors
    ///
    /// As [`hash`](Self::hash).
    pub async fn change(
        &self,
        client: IpAddr,
        moment: &Moment,
        present: Attempt,
        new: Password,
    ) -> Result<Change, HashError> {
        let (hasher, salt) = (Arc::clone(&self.hasher), moment.random());
        let work = move || match hasher.matches(&present) {
            Ok(true) => hasher.hash(&new, salt).map(Change::Made),
            Ok(false) => Ok(Change::Refused),
            Err(error) => Err(error),
        };
        self.pool.run(client, work).await?
    }

    /// The hasher itself, for callers that may block: the command line, seeds and tests.
    pub fn hasher(&self) -> &PasswordHasher {
        &self.hasher
    }

    /// How many attempts were computed since the start: the metric `password_hash_total`.
    pub fn password_hash_total(&self) -> u64 {
        self.pool.jobs_total()
    }

    /// How many attempts are waiting.
    pub fn waiting(&self) -> usize {
        self.pool.waiting()
    }
}

#[cfg(test)]
mod tests;
