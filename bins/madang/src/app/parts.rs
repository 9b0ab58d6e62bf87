//! The parts of a server, each made from the settings.

use crate::failure::Failure;
use crate::jobs::JobParts;
use crate::settings::{HttpSettings, Liveness, MailTransport, Settings};
use crate::world::World;
use madang_auth::access_tokens::{AccessTokenSettings, AccessTokens};
use madang_auth::hash_pool::HashPoolSettings;
use madang_auth::keys::{KeyRing, KeysError};
use madang_auth::passwords::{HasherSettings, PasswordHasher, Passwords};
use madang_domain::media::Gallery;
use madang_domain::store::{Store, StoreError};
use madang_domain::views::ViewBuffer;
use madang_http::cursor::CursorKey;
use madang_http::identity::Identity;
use madang_http::live_policy::LivePolicy;
use madang_http::media_links::MediaKey;
use madang_http::ops::Probes;
use madang_http::ops::metrics;
use madang_mail::{Mailer, Transport};
use madang_media::ObjectGallery;
use madang_persistence::migrate::Migrator;
use madang_persistence::{DatabaseUrl, DieselStore, Options};
use metrics_exporter_prometheus::PrometheusHandle;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::{Arc, OnceLock};

/// Where in the data directory the files of exports lie.
const EXPORTS: &str = "exports";

/// What several parts are made from.
pub(crate) struct Shared<'a> {
    pub(crate) settings: &'a Settings,
    pub(crate) world: &'a World,
    pub(crate) keys: &'a Arc<KeyRing>,
    /// The port that others reach the server by, unless the settings name a URL.
    pub(crate) port: u16,
}

/// The secrets, made at the first start.
pub(crate) fn keys(settings: &Settings, world: &World) -> Result<Arc<KeyRing>, Failure> {
    let ring = KeyRing::open(&settings.auth.keys_file, &*world.entropy);
    ring.map(Arc::new).map_err(|error: KeysError| Failure::Misused(format!("setting {error}")))
}

/// What hashes passwords.
pub(crate) fn hasher(settings: &Settings, keys: &Arc<KeyRing>) -> Result<PasswordHasher, Failure> {
    hasher_at(settings, keys, settings.auth.bcrypt_cost)
}

/// What hashes the known passwords of demonstrations: no dearer than it must be. Their first login makes up for it.
pub(crate) fn demo_hasher(settings: &Settings, keys: &Arc<KeyRing>) -> Result<PasswordHasher, Failure> {
    hasher_at(settings, keys, settings.auth.bcrypt_cost.min(10))
}

fn hasher_at(settings: &Settings, keys: &Arc<KeyRing>, bcrypt_cost: u32) -> Result<PasswordHasher, Failure> {
    let hashing = HasherSettings {
        bcrypt_cost,
        pbkdf2_max_iterations: settings.auth.pbkdf2_max_iterations,
        test_mode: settings.mode == crate::settings::Mode::Test,
    };
    PasswordHasher::new(Arc::clone(keys), hashing)
        .map_err(|error| Failure::Misused(format!("setting {error}")))
}

pub(super) fn listen(key: &str, bind: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(bind).map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => Failure::new(format!(
            "setting {key}: another process listens on {bind}; stop it or choose another port"
        )),
        _ => {
            Failure::new(format!("setting {key}: cannot listen on {bind} ({error}); choose another address"))
        }
    })
}

/// The metrics of this process, which has one set of them however many servers it starts.
pub(super) fn metrics() -> Result<PrometheusHandle, Failure> {
    static RECORDER: OnceLock<Option<PrometheusHandle>> = OnceLock::new();
    let handle = RECORDER.get_or_init(|| metrics::install().ok());
    handle.clone().ok_or_else(|| Failure::new("another recorder of metrics is installed in this process"))
}

/// Brings the schema up to date, or says what is missing.
pub(crate) fn migrate(settings: &Settings, auto_migrate: bool) -> Result<(), Failure> {
    if matches!(settings.database.url, DatabaseUrl::SqliteMemory) {
        return Ok(());
    }
    let failed = |error| Failure::because("setting database.url", &error);
    let mut migrator = Migrator::connect(&settings.database.direct_url).map_err(failed)?;
    if auto_migrate || settings.database.url.is_sqlite() {
        return migrator.run().map(drop).map_err(failed);
    }
    match migrator.pending().map_err(failed)?.as_slice() {
        [] => Ok(()),
        pending => Err(Failure::new(format!(
            "migrations are pending ({}); run madang migrate, or serve with --auto-migrate",
            pending.join(", ")
        ))),
    }
}

/// The database beside whoever owns it.
pub(crate) fn open(settings: &Settings, world: &World) -> Result<DieselStore, Failure> {
    open_with(options(settings, world))
}

/// The database of the one process that holds its lock, or of one of many on PostgreSQL.
pub(super) fn open_owned(settings: &Settings, world: &World) -> Result<DieselStore, Failure> {
    let liveness_in_memory = settings.auth.liveness == Liveness::Memory;
    open_with(Options { liveness_in_memory, ..options(settings, world) })
}

fn open_with(options: Options) -> Result<DieselStore, Failure> {
    DieselStore::open(options).map_err(|error| Failure::because("setting database.url", &error))
}

fn options(settings: &Settings, world: &World) -> Options {
    let database = &settings.database;
    let mut options = Options::new(database.url.clone());
    options.readers = database.readers;
    options.writers = database.writers;
    options.queue_max = database.queue_max;
    options.prepared_statements = database.prepared_statements.unwrap_or(options.prepared_statements);
    options.liveness_in_memory = settings.auth.liveness == Liveness::Memory;
    options.statements.clone_from(&world.statements);
    options
}

/// Where pictures are kept.
pub(crate) fn gallery(settings: &Settings) -> Result<Arc<dyn Gallery>, Failure> {
    let gallery = ObjectGallery::open(&settings.media)
        .map_err(|error| Failure::because("setting media.store", &error))?;
    Ok(Arc::new(gallery))
}

/// The policy of the settings, with what admins have changed since.
pub(super) fn live_policy(settings: &Settings, store: &Arc<dyn Store>) -> Result<Arc<LivePolicy>, Failure> {
    let catalogue = settings.catalogue().map_err(|error| Failure::Misused(format!("setting {error}")))?;
    let policy = LivePolicy::new(Arc::clone(&settings.policy), catalogue);
    policy.refresh_blocking(store).map_err(|error| Failure::because("the stored settings", &error))?;
    Ok(Arc::new(policy))
}

/// Tells the metrics what nobody counts as it happens.
pub(super) fn gauge(database: &Arc<DieselStore>, identity: &Arc<Identity>) -> Box<dyn Fn() + Send> {
    let (database, identity) = (Arc::clone(database), Arc::clone(identity));
    Box::new(move || {
        ::metrics::gauge!("store_units_waiting").set(database.waiting() as f64);
        ::metrics::gauge!("password_hashes_waiting").set(identity.passwords.waiting() as f64);
        ::metrics::counter!("password_hash_total").absolute(identity.passwords.password_hash_total());
    })
}

/// What `/readyz` asks.
pub(super) fn probes(database: &Arc<DieselStore>, settings: &Settings) -> Probes {
    let store = Arc::clone(database) as Arc<dyn Store>;
    let dir = Arc::<Path>::from(settings.data_dir.as_path());
    Probes::default()
        .with(
            "database",
            Arc::new(move || {
                let asked = store.read(|uow| uow.outbox().list_dead(1).map(drop));
                Box::pin(async move {
                    let answer: Result<(), StoreError> = asked.await;
                    answer.is_ok()
                })
            }),
        )
        .with(
            "disk",
            Arc::new(move || {
                let dir = Arc::clone(&dir);
                Box::pin(async move {
                    let written = tokio::task::spawn_blocking(move || write_probe(&dir)).await;
                    matches!(written, Ok(Ok(())))
                })
            }),
        )
        // A server with pending migrations does not start.
        .with("migrations", Arc::new(|| Box::pin(async { true })))
}

fn write_probe(dir: &Path) -> io::Result<()> {
    let path = dir.join(".readyz");
    std::fs::write(&path, b"ok")
}

impl Shared<'_> {
    pub(super) fn identity(&self, hasher: PasswordHasher) -> Result<Identity, Failure> {
        let auth = &self.settings.auth;
        let pool = HashPoolSettings {
            threads: auth.hash_threads,
            queue_max: auth.hash_queue_max,
            wait: auth.hash_wait,
        };
        let passwords = Passwords::start(hasher, pool)
            .map_err(|error| Failure::because("the hashing threads", &error))?;
        Ok(Identity::new(Arc::clone(self.keys), self.access_tokens(), passwords))
    }

    pub(crate) fn access_tokens(&self) -> AccessTokens {
        let auth = &self.settings.auth;
        let settings = AccessTokenSettings {
            issuer: auth.issuer.clone().unwrap_or_else(|| self.settings.public_url(self.port)),
            audience: auth.audience.clone(),
            ttl: self.settings.policy.auth.access_ttl,
            cache_for: auth.verified_cache,
            cache_max: auth.verified_cache_max,
        };
        AccessTokens::new(Arc::clone(self.keys), settings)
    }

    pub(super) fn http_settings(&self) -> madang_http::api::HttpSettings {
        let HttpSettings { allowed_origins, trusted_proxies, json_max_bytes, .. } =
            self.settings.http.clone();
        madang_http::api::HttpSettings {
            public_url: self.settings.public_url(self.port),
            allowed_origins,
            trusted_proxies,
            json_max_bytes,
            exports_dir: self.settings.data_dir.join(EXPORTS),
            cursor_key: CursorKey::new(&self.keys.current().derived("cursors")),
            media_key: MediaKey::new(&self.keys.current().derived("media")),
        }
    }

    pub(super) fn jobs(
        &self,
        store: Arc<dyn Store>,
        gallery: Arc<dyn Gallery>,
        policy: &Arc<LivePolicy>,
        views: Arc<ViewBuffer>,
        gauge: Box<dyn Fn() + Send>,
    ) -> JobParts {
        let mail = self.settings.mail.clone();
        let link_base = self.settings.link_base(self.port);
        // A pool of SMTP connections belongs to the runtime that it is made in, so it is made by the jobs' thread.
        let mailer = move || {
            let transport = match &mail.transport {
                MailTransport::File(directory) => Transport::Directory(directory.clone()),
                MailTransport::Smtp(url) => Transport::smtp(url)?,
            };
            Ok(Mailer::new(mail.from, link_base, transport))
        };
        JobParts {
            store,
            gallery,
            clock: Arc::clone(&self.world.clock),
            entropy: Arc::clone(&self.world.entropy),
            policy: Arc::clone(policy),
            views,
            exports_dir: self.settings.data_dir.join(EXPORTS),
            interval: self.settings.jobs_interval,
            gauge,
            mailer: Box::new(mailer),
        }
    }
}
