//! A whole server in this process.

mod http_thread;
mod parts;

use crate::data_dir::{self, DataLock};
use crate::failure::Failure;
use crate::jobs::{Jobs, LinkSeal, MailingStore};
use crate::settings::Settings;
use crate::world::World;
use http_thread::HttpThread;
use madang_auth::keys::{KeyRing, KeysError};
use madang_domain::store::Store;
use madang_domain::views::ViewBuffer;
use madang_http::api::Api;
use madang_http::identity::Identity;
use madang_http::ops::Probes;
use madang_persistence::DieselStore;
use std::net::SocketAddr;
use std::sync::Arc;

pub(crate) use parts::{Shared, demo_hasher, gallery, hasher, keys, migrate, open};

/// A server that has not been started.
pub struct App {
    settings: Settings,
    world: World,
    auto_migrate: bool,
    front: Option<Front>,
}

/// Makes the store that the routes use from the database's own.
type Front = Box<dyn FnOnce(Arc<dyn Store>) -> Arc<dyn Store>>;

/// A server that accepts connections. Dropping it stops it without waiting for requests.
pub struct Running {
    addr: SocketAddr,
    public_url: String,
    store: Arc<dyn Store>,
    keys: Arc<KeyRing>,
    identity: Arc<Identity>,
    probes: Probes,
    // The fields below end in this order: requests, then jobs, then the store, then the lock.
    http: HttpThread,
    jobs: Jobs,
    database: Arc<DieselStore>,
    _lock: DataLock,
}

impl App {
    /// A server of `settings` in `world`.
    pub fn new(settings: Settings, world: World) -> Self {
        Self { settings, world, auto_migrate: false, front: None }
    }

    /// Runs pending migrations on PostgreSQL too; on SQLite they always run.
    #[must_use]
    pub fn auto_migrate(mut self, yes: bool) -> Self {
        self.auto_migrate = yes;
        self
    }

    /// Puts a store of the caller's in front of the database's, for what the routes ask: to measure them without it, or
    /// to let it fail on purpose.
    #[must_use]
    pub fn behind(mut self, front: impl FnOnce(Arc<dyn Store>) -> Arc<dyn Store> + 'static) -> Self {
        self.front = Some(Box::new(front));
        self
    }

    /// Starts `settings` in `world`; short for [`App::new`] and [`App::start_now`].
    ///
    /// # Errors
    /// As [`start_now`](Self::start_now).
    pub fn start(settings: Settings, world: World) -> Result<Running, Failure> {
        Self::new(settings, world).start_now()
    }

    /// Starts the server; it accepts connections when this returns. Blocks for well under a second. Needs no runtime and
    /// may be called within one.
    ///
    /// # Errors
    /// One sentence with the remedy: a data directory or keys file that is refused, a lock that another process holds, a
    /// port that is taken, a database that cannot be reached, migrations that are pending.
    pub fn start_now(self) -> Result<Running, Failure> {
        let Self { settings, world, auto_migrate, front } = self;
        data_dir::prepare(&settings.data_dir)?;
        let keys = keys(&settings, &world)?;
        let hasher = hasher(&settings, &keys)?;
        let mut lock = DataLock::take(&settings, "serve")?;
        let listener = parts::listen("http.bind", settings.http.bind)?;
        let addr = listener.local_addr().map_err(|error| Failure::because("http.bind", &error))?;
        lock.announce(addr).map_err(|error| Failure::because("the lock", &error))?;
        let metrics = match settings.metrics_bind {
            Some(bind) => Some((parts::metrics()?, parts::listen("metrics.bind", bind)?)),
            None => None,
        };
        parts::migrate(&settings, auto_migrate)?;
        let database = Arc::new(parts::open_owned(&settings, &world)?);
        let seal = LinkSeal::new(Arc::clone(&keys));
        let mailing = MailingStore::new(Arc::clone(&database) as Arc<dyn Store>, seal);
        let bell = mailing.bell();
        let mailing: Arc<dyn Store> = Arc::new(mailing);
        let store = front.map_or_else(|| Arc::clone(&mailing), |front| front(Arc::clone(&mailing)));
        let shared = Shared { settings: &settings, world: &world, keys: &keys, port: addr.port() };
        let probes = parts::probes(&database, &settings);
        let identity = Arc::new(shared.identity(hasher)?);
        let gauge = parts::gauge(&database, &identity);
        let policy = parts::live_policy(&settings, &store)?;
        let views = Arc::<ViewBuffer>::default();
        let gallery = parts::gallery(&settings)?;
        let api = Api::new(madang_http::api::ApiParts {
            store: Arc::clone(&store),
            gallery: Arc::clone(&gallery),
            clock: Arc::clone(&world.clock),
            entropy: Arc::clone(&world.entropy),
            policy: Arc::clone(&policy),
            identity: Arc::clone(&identity),
            views: Arc::clone(&views),
            settings: shared.http_settings(),
            probes: probes.clone(),
        });
        let jobs = Jobs::start(shared.jobs(mailing, gallery, &policy, views, gauge), bell)?;
        let http = HttpThread::start(api, listener, settings.http.workers, metrics)?;
        let public_url = settings.public_url(addr.port());
        Ok(Running { addr, public_url, store, keys, identity, probes, http, jobs, database, _lock: lock })
    }
}

impl Running {
    /// Where it listens, with the port that was taken.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// The base of its absolute links.
    pub fn public_url(&self) -> &str {
        &self.public_url
    }

    /// Its store, for whoever looks beneath the API.
    pub fn store(&self) -> &Arc<dyn Store> {
        &self.store
    }

    /// How many passwords it has hashed or checked, dummies included.
    pub fn password_hash_total(&self) -> u64 {
        self.identity.passwords.password_hash_total()
    }

    /// Reads the keys file again.
    ///
    /// # Errors
    /// When the file is refused; the keys in force stay.
    pub fn reload_keys(&self) -> Result<(), KeysError> {
        self.keys.reload()
    }

    /// Stops: readiness off, no new connections, running requests finish (18 s at most), the mail that is on its way goes
    /// out, the database is closed. Blocks until all that is done.
    pub fn stop(mut self) {
        self.probes.leave();
        self.http.stop(true);
        self.jobs.stop();
        self.database.close();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.http.stop(false);
        self.jobs.stop();
        self.database.close();
    }
}
