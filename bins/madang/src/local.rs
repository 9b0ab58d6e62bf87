//! The database as commands use it: beside a running server, or alone.

use crate::app;
use crate::data_dir::{self, DataLock};
use crate::failure::Failure;
use crate::settings::{Liveness, Settings};
use crate::world::World;
use madang_auth::keys::KeyRing;
use madang_domain::ctx::Moment;
use madang_domain::store::Store;
use madang_persistence::DieselStore;
use std::sync::Arc;

/// An open database with the keys that belong to it.
pub(crate) struct Local {
    pub(crate) settings: Settings,
    pub(crate) world: World,
    pub(crate) keys: Arc<KeyRing>,
    database: Arc<DieselStore>,
    // After the store, which is closed by then.
    _lock: Option<DataLock>,
}

impl Local {
    /// Opens the database beside a server that may be running. Where none is, a SQLite database is migrated first.
    pub(crate) fn beside(settings: Settings, command: &str) -> Result<Self, Failure> {
        data_dir::prepare(&settings.data_dir)?;
        if let Ok(_lock) = DataLock::take(&settings, command) {
            app::migrate(&settings, false)?;
        }
        Self::open(settings, None)
    }

    /// Opens the database for this process alone, migrated. On PostgreSQL others may be at work.
    pub(crate) fn alone(settings: Settings, command: &str) -> Result<Self, Failure> {
        data_dir::prepare(&settings.data_dir)?;
        let lock = DataLock::take(&settings, command)?;
        app::migrate(&settings, false)?;
        Self::open(settings, Some(lock))
    }

    fn open(mut settings: Settings, lock: Option<DataLock>) -> Result<Self, Failure> {
        // A command asks for one thing after the other.
        settings.database.readers = 1;
        settings.database.writers = 1;
        // The copy in memory is the server's alone.
        settings.auth.liveness = Liveness::Database;
        let world = World::real();
        let keys = app::keys(&settings, &world)?;
        let database = Arc::new(app::open(&settings, &world)?);
        Ok(Self { settings, world, keys, database, _lock: lock })
    }

    pub(crate) fn store(&self) -> Arc<dyn Store> {
        Arc::clone(&self.database) as Arc<dyn Store>
    }

    pub(crate) fn moment(&self) -> Moment {
        self.world.moment(&self.settings.policy)
    }
}

impl Drop for Local {
    fn drop(&mut self) {
        self.database.close();
    }
}
