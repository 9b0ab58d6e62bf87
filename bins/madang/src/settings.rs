//! Settings: read in layers, judged once, then carried about as plain values.
//!
//! Nothing else in the program reads the environment or the settings file. What is refused is refused here with one
//! sentence that names the key and the remedy, before anything is opened.

mod about;
mod address;
mod amount;
mod build;
mod error;
mod layers;
mod live;
mod print;
mod raw;
mod rules;
mod section;
mod server;

pub use error::SettingsError;
pub use layers::Sources;

use layers::Layers;
use madang_domain::policy::Policy;
use madang_domain::site_settings::SettingsCatalogue;
use madang_http::client::TrustedProxies;
use madang_mail::Sender;
use madang_media::GallerySettings;
use madang_persistence::DatabaseUrl;
use raw::Raw;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// For what the server runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// For people.
    Normal,
    /// For tests: cheap hashes, short and fractional times, loopback only.
    Test,
}

/// Flags of the command line that are settings as well.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    /// `--data-dir`.
    pub data_dir: Option<PathBuf>,
    /// `--bind`.
    pub bind: Option<String>,
}

impl Overrides {
    fn values(&self) -> figment::value::Dict {
        let mut values = figment::value::Dict::new();
        if let Some(dir) = &self.data_dir {
            values.insert("data_dir".to_owned(), layers::flag(&dir.to_string_lossy()));
        }
        if let Some(bind) = &self.bind {
            let http = [("bind".to_owned(), layers::flag(bind))].into_iter().collect();
            values.insert("http".to_owned(), figment::value::Value::Dict(figment::value::Tag::Default, http));
        }
        values
    }
}

/// The settings in force.
#[derive(Clone)]
pub struct Settings {
    /// `mode`.
    pub mode: Mode,
    /// `data_dir`.
    pub data_dir: PathBuf,
    /// `database.*`
    pub database: DatabaseSettings,
    /// `http.*`
    pub http: HttpSettings,
    /// `auth.*` as far as no rule reads it.
    pub auth: AuthSettings,
    /// `mail.*`
    pub mail: MailSettings,
    /// `media.*` as far as no rule reads it.
    pub media: GallerySettings,
    /// `log.*`
    pub log: LogSettings,
    /// `metrics.bind`.
    pub metrics_bind: Option<SocketAddr>,
    /// `jobs.interval_seconds`.
    pub jobs_interval: Duration,
    /// What the rules read.
    pub policy: Arc<Policy>,
    raw: Raw,
    origins: BTreeMap<String, String>,
}

/// `database.*`
#[derive(Clone)]
pub struct DatabaseSettings {
    /// Where it is.
    pub url: DatabaseUrl,
    /// For migrations and session locks; differs from `url` behind a pooler.
    pub direct_url: DatabaseUrl,
    /// Whether statements are prepared; `None` lets the store decide.
    pub prepared_statements: Option<bool>,
    /// Threads that read.
    pub readers: usize,
    /// Threads that write.
    pub writers: usize,
    /// Units that may wait.
    pub queue_max: usize,
}

/// `http.*`
#[derive(Clone)]
pub struct HttpSettings {
    /// Where to listen.
    pub bind: SocketAddr,
    /// Base of absolute links without a slash at its end; `None` means `http://localhost:<port>`.
    pub public_url: Option<String>,
    /// Origins of browsers that may call.
    pub allowed_origins: Vec<String>,
    /// Networks whose `X-Forwarded-For` is believed.
    pub trusted_proxies: TrustedProxies,
    /// Greatest JSON body, in bytes.
    pub json_max_bytes: usize,
    /// Threads that serve requests.
    pub workers: usize,
}

/// Where liveness is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Liveness {
    /// In the memory of the one process that owns the database.
    Memory,
    /// In the database.
    Database,
}

/// `auth.*` as far as no rule reads it.
#[derive(Clone)]
pub struct AuthSettings {
    /// Where the secrets are.
    pub keys_file: PathBuf,
    /// Who issues tokens; `None` means the public URL.
    pub issuer: Option<String>,
    /// For whom.
    pub audience: String,
    /// Where liveness is asked.
    pub liveness: Liveness,
    /// How long a verified token is remembered; zero is not at all.
    pub verified_cache: Duration,
    /// How many verified tokens are remembered.
    pub verified_cache_max: u64,
    /// The cost of new hashes.
    pub bcrypt_cost: u32,
    /// Threads that hash.
    pub hash_threads: usize,
    /// Passwords that may wait.
    pub hash_queue_max: usize,
    /// How long one may wait.
    pub hash_wait: Duration,
    /// Most rounds of an imported hash.
    pub pbkdf2_max_iterations: u32,
}

/// `mail.*`
#[derive(Clone)]
pub struct MailSettings {
    /// How mails leave.
    pub transport: MailTransport,
    /// Whom they are from.
    pub from: Sender,
    /// Where links point; `None` means `<public_url>/docs#`.
    pub link_base: Option<String>,
}

/// How mails leave.
#[derive(Clone)]
pub enum MailTransport {
    /// As files in this directory.
    File(PathBuf),
    /// To a mail server.
    Smtp(madang_mail::SmtpUrl),
}

/// `log.*`
#[derive(Clone, Debug)]
pub struct LogSettings {
    /// `None`: text on a terminal, else JSON.
    pub json: Option<bool>,
    /// Directives of a filter.
    pub level: String,
}

impl DatabaseSettings {
    /// The path of the database where it is a file.
    pub fn sqlite_file(&self) -> Option<&str> {
        match &self.url {
            DatabaseUrl::SqliteFile(path) => Some(path),
            DatabaseUrl::SqliteMemory | DatabaseUrl::Postgres(_) => None,
        }
    }
}

impl Settings {
    /// The settings of `sources`.
    ///
    /// # Errors
    /// The first setting that is unknown, of the wrong kind, out of bounds or at odds with another.
    pub fn load(sources: &Sources) -> Result<Self, SettingsError> {
        Self::judge(&Layers::read(sources)?)
    }

    /// Settings written as TOML over the defaults; neither files nor the environment count. For programs that start a
    /// server of their own.
    ///
    /// # Errors
    /// As [`load`](Self::load).
    pub fn from_toml(text: &str) -> Result<Self, SettingsError> {
        Self::judge(&Layers::of(text)?)
    }

    /// The base of absolute links when the server listens on `port`.
    pub fn public_url(&self, port: u16) -> String {
        self.http.public_url.clone().unwrap_or_else(|| format!("http://localhost:{port}"))
    }

    /// Where links in mails point when the server listens on `port`.
    pub fn link_base(&self, port: u16) -> String {
        self.mail.link_base.clone().unwrap_or_else(|| format!("{}/docs#", self.public_url(port)))
    }

    /// What admins may change while the server runs, over these settings.
    ///
    /// # Errors
    /// A setting that nothing says what it is for.
    pub fn catalogue(&self) -> Result<Arc<dyn SettingsCatalogue>, SettingsError> {
        Ok(Arc::new(live::Live::new(self.raw.clone(), self.mode)?))
    }

    fn judge(layers: &Layers) -> Result<Self, SettingsError> {
        let raw = layers.extract()?;
        Self::build(raw, layers).map_err(|error| {
            let origin = layers.origin(error.key());
            error.at_origin(origin)
        })
    }
}
