//! The policy in force, which admins change while the server runs.

use arc_swap::ArcSwap;
use madang_domain::policy::Policy;
use madang_domain::site_settings::{SettingsCatalogue, load_policy};
use madang_domain::store::{Store, StoreError};
use std::sync::Arc;

/// The policy in force, and what may be changed of it.
pub struct LivePolicy {
    current: ArcSwap<Policy>,
    catalogue: Arc<dyn SettingsCatalogue>,
}

impl LivePolicy {
    /// The policy that the server was started with.
    pub fn new(policy: Arc<Policy>, catalogue: Arc<dyn SettingsCatalogue>) -> Self {
        Self { current: ArcSwap::new(policy), catalogue }
    }

    /// The policy at this time.
    pub fn load(&self) -> Arc<Policy> {
        self.current.load_full()
    }

    /// What may be changed.
    pub fn catalogue(&self) -> &Arc<dyn SettingsCatalogue> {
        &self.catalogue
    }

    /// Takes over what admins have changed since, here or on another node.
    ///
    /// # Errors
    /// When the store cannot be asked; the policy stays.
    pub async fn refresh(&self, store: &Arc<dyn Store>) -> Result<(), StoreError> {
        let (catalogue, known) = (Arc::clone(&self.catalogue), self.load().revision);
        let found = store.read(move |uow| load_policy(uow, &*catalogue, known)).await?;
        self.take(found);
        Ok(())
    }

    /// [`refresh`](Self::refresh) for callers without a runtime.
    ///
    /// # Errors
    /// As [`refresh`](Self::refresh).
    pub fn refresh_blocking(&self, store: &Arc<dyn Store>) -> Result<(), StoreError> {
        let (catalogue, known) = (Arc::clone(&self.catalogue), self.load().revision);
        let found = store.read_blocking(move |uow| load_policy(uow, &*catalogue, known))?;
        self.take(found);
        Ok(())
    }

    /// Of two that come at the same time the later change stays.
    fn take(&self, found: Option<Policy>) {
        let Some(found) = found.map(Arc::new) else { return };
        self.current.rcu(|current| {
            if current.revision < found.revision { Arc::clone(&found) } else { Arc::clone(current) }
        });
    }
}
