//! From what is written to what is in force.

use super::layers::Layers;
use super::raw::Raw;
use super::{
    AuthSettings, DatabaseSettings, HttpSettings, Liveness, LogSettings, MailSettings, MailTransport,
    Settings, SettingsError, address,
};
use madang_http::client::TrustedProxies;
use madang_mail::{Sender, SmtpUrl};
use madang_media::{GallerySettings, Location};
use madang_persistence::{DatabaseUrl, DatabaseUrlError};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tracing_subscriber::EnvFilter;

impl Settings {
    /// Judges every key and works out those that were left open, which are written back so that they can be printed.
    pub(super) fn build(mut raw: Raw, layers: &Layers) -> Result<Self, SettingsError> {
        let mode = raw.mode()?;
        raw.check(mode)?;
        let data_dir = PathBuf::from(raw.data_dir.get_or_insert_with(|| "./madang-data".to_owned()).clone());
        let metrics_bind = match &raw.metrics.bind {
            Some(text) => Some(address::bind("metrics.bind", text, mode)?),
            None => None,
        };
        let database = database(&mut raw, &data_dir)?;
        Ok(Self {
            mode,
            auth: auth(&mut raw, &data_dir, database.url.is_sqlite())?,
            database,
            http: HttpSettings {
                bind: address::bind("http.bind", &raw.http.bind, mode)?,
                public_url: match &raw.http.public_url {
                    Some(url) => Some(address::origin("http.public_url", url)?),
                    None => None,
                },
                allowed_origins: each(&raw.http.allowed_origins, |one| {
                    address::origin("http.allowed_origins", one)
                })?,
                trusted_proxies: TrustedProxies::parse(&raw.http.trusted_proxies).map_err(|error| {
                    SettingsError::new("http.trusted_proxies", format!("{error}; correct it"))
                })?,
                json_max_bytes: raw.http.json_max_bytes,
                workers: *raw.http.workers.get_or_insert_with(cores),
            },
            mail: mail(&raw, &data_dir)?,
            media: media(&mut raw, &data_dir)?,
            log: log(&raw)?,
            metrics_bind,
            jobs_interval: raw.jobs.interval_seconds.as_seconds(),
            policy: Arc::new(raw.policy()),
            data_dir,
            origins: layers.origins(),
            raw,
        })
    }
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, NonZero::get)
}

fn each<T>(
    texts: &[String],
    parse: impl Fn(&str) -> Result<T, SettingsError>,
) -> Result<Vec<T>, SettingsError> {
    texts.iter().map(|text| parse(text)).collect()
}

/// One of the words that a setting knows.
fn word<T: Copy>(key: &str, text: &str, words: &[(&str, T)]) -> Result<T, SettingsError> {
    words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value).ok_or_else(|| {
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        SettingsError::new(key, format!("\"{text}\" is unknown; write {}", known.join(" or ")))
    })
}

fn database(raw: &mut Raw, data_dir: &Path) -> Result<DatabaseSettings, SettingsError> {
    let database = &mut raw.database;
    let file = data_dir.join("madang.sqlite3");
    let text = database.url.get_or_insert_with(|| format!("sqlite:{}", file.display()));
    let url = database_url("database.url", text)?;
    let direct_url = match &database.direct_url {
        Some(text) => database_url("database.direct_url", text)?,
        None => url.clone(),
    };
    if direct_url.is_sqlite() != url.is_sqlite() {
        let sentence =
            "it leads to another kind of database than database.url; leave it out or name the same one";
        return Err(SettingsError::new("database.direct_url", sentence));
    }
    if url.is_sqlite() && database.writers.is_some_and(|writers| writers != 1) {
        let sentence = "SQLite has exactly one writer; leave it out or use PostgreSQL";
        return Err(SettingsError::new("database.writers", sentence));
    }
    let (readers, writers) = if url.is_sqlite() { (4, 1) } else { (8, 8) };
    let prepared = [("auto", None), ("on", Some(true)), ("off", Some(false))];
    Ok(DatabaseSettings {
        url,
        direct_url,
        prepared_statements: word("database.prepared_statements", &database.prepared_statements, &prepared)?,
        readers: *database.readers.get_or_insert(readers),
        writers: *database.writers.get_or_insert(writers),
        queue_max: database.queue_max,
    })
}

fn database_url(key: &str, text: &str) -> Result<DatabaseUrl, SettingsError> {
    text.parse().map_err(|error: DatabaseUrlError| {
        SettingsError::new(key, format!("{error}; write sqlite:PATH or postgres://user@host/name"))
    })
}

fn auth(raw: &mut Raw, data_dir: &Path, sqlite: bool) -> Result<AuthSettings, SettingsError> {
    let auth = &mut raw.auth;
    let default_file = data_dir.join("keys.json");
    let keys_file = auth.keys_file.get_or_insert_with(|| default_file.display().to_string());
    let own = if sqlite { Liveness::Memory } else { Liveness::Database };
    let words = [("auto", own), ("memory", Liveness::Memory), ("database", Liveness::Database)];
    let liveness = word("auth.liveness", &auth.liveness, &words)?;
    if liveness == Liveness::Memory && !sqlite {
        let sentence = "only the one process of a SQLite file may keep it in memory; write auto or database";
        return Err(SettingsError::new("auth.liveness", sentence));
    }
    for (key, text) in [("auth.audience", Some(&auth.audience)), ("auth.issuer", auth.issuer.as_ref())] {
        if text.is_some_and(|text| text.trim().is_empty()) {
            return Err(SettingsError::new(key, "it is empty; leave it out or write a name"));
        }
    }
    Ok(AuthSettings {
        keys_file: PathBuf::from(&*keys_file),
        issuer: auth.issuer.clone(),
        audience: auth.audience.clone(),
        liveness,
        verified_cache: auth.verified_cache_seconds.as_seconds(),
        verified_cache_max: auth.verified_cache_max as u64,
        bcrypt_cost: auth.bcrypt_cost,
        hash_threads: *auth.hash_threads.get_or_insert_with(|| (cores() / 2).max(1)),
        hash_queue_max: auth.hash_queue_max,
        hash_wait: auth.hash_wait_ms.as_millis(),
        pbkdf2_max_iterations: auth.pbkdf2_max_iterations,
    })
}

fn mail(raw: &Raw, data_dir: &Path) -> Result<MailSettings, SettingsError> {
    let mail = &raw.mail;
    let smtp = word("mail.transport", &mail.transport, &[("file", false), ("smtp", true)])?;
    let transport = match (smtp, &mail.smtp_url) {
        (false, _) => MailTransport::File(data_dir.join("mail")),
        (true, None) => {
            let sentence =
                "mail.transport is smtp, which needs it; write one like smtp://user:password@host:587";
            return Err(SettingsError::new("mail.smtp_url", sentence));
        }
        (true, Some(url)) => MailTransport::Smtp(smtp_url(url, mail.smtp_ca_file.as_deref())?),
    };
    let from = Sender::parse(&mail.from).map_err(|_| {
        let sentence = "it is no sender; write one like Madang <no-reply@madang.example.test>";
        SettingsError::new("mail.from", sentence)
    })?;
    if let Some(base) = &mail.link_base
        && !(base.starts_with("https://") || base.starts_with("http://"))
    {
        let sentence = "it is no web address; begin it with https://";
        return Err(SettingsError::new("mail.link_base", sentence));
    }
    Ok(MailSettings { transport, from, link_base: mail.link_base.clone() })
}

fn media(raw: &mut Raw, data_dir: &Path) -> Result<GallerySettings, SettingsError> {
    let media = &mut raw.media;
    let text = media.store.get_or_insert_with(|| format!("file:{}", data_dir.join("media").display()));
    let location = Location::parse(text).map_err(|error| {
        SettingsError::new("media.store", format!("{error}; write file:PATH or s3://bucket/prefix"))
    })?;
    Ok(GallerySettings { location, threads: media.threads, queue_max: media.queue_max })
}

fn smtp_url(url: &str, ca_file: Option<&str>) -> Result<SmtpUrl, SettingsError> {
    let url = SmtpUrl::parse(url).map_err(|error| {
        SettingsError::new("mail.smtp_url", format!("{error}; write one like smtp://user:password@host:587"))
    })?;
    let Some(file) = ca_file else { return Ok(url) };
    let wrong = |why: String| SettingsError::new("mail.smtp_ca_file", format!("{why}; name a PEM file"));
    let pem = std::fs::read(file).map_err(|error| wrong(format!("{file} cannot be read ({error})")))?;
    url.trusting(&pem).map_err(|error| wrong(error.to_string()))
}

fn log(raw: &Raw) -> Result<LogSettings, SettingsError> {
    let json = match &raw.log.format {
        Some(format) => Some(word("log.format", format, &[("text", false), ("json", true)])?),
        None => None,
    };
    EnvFilter::try_new(&raw.log.level).map_err(|_| {
        let sentence = format!("\"{}\" is no level; write error, warn, info, debug or trace", raw.log.level);
        SettingsError::new("log.level", sentence)
    })?;
    Ok(LogSettings { json, level: raw.log.level.clone() })
}
