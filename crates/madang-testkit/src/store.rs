//! An open store on a database of its own.

use crate::database::TestDatabase;
use madang_domain::store::Store;
use madang_persistence::DieselStore;
use std::ops::Deref;
use std::sync::Arc;

/// A store and its database, which goes with it.
pub struct TestStore {
    store: Arc<DieselStore>,
    database: TestDatabase,
}

impl TestStore {
    pub(crate) fn new(store: DieselStore, database: TestDatabase) -> Self {
        Self { store: Arc::new(store), database }
    }

    /// The store, for what wants to share it.
    pub fn shared(&self) -> Arc<dyn Store> {
        self.store.clone()
    }

    /// The store as its crate knows it.
    pub fn diesel(&self) -> &DieselStore {
        &self.store
    }

    /// The database.
    pub fn database(&self) -> &TestDatabase {
        &self.database
    }
}

impl Deref for TestStore {
    type Target = dyn Store;

    fn deref(&self) -> &Self::Target {
        &*self.store
    }
}

impl Drop for TestStore {
    fn drop(&mut self) {
        self.store.close();
    }
}
