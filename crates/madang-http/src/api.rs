//! What every request shares.

use crate::client::TrustedProxies;
use crate::cursor::CursorKey;
use crate::events::Streams;
use crate::identity::Identity;
use crate::limits::Limits;
use crate::live_policy::LivePolicy;
use crate::media_links::MediaKey;
use crate::ops::Probes;
use madang_domain::ctx::{Clock, Entropy, Moment};
use madang_domain::media::Gallery;
use madang_domain::store::Store;
use madang_domain::views::ViewBuffer;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// The path under which all resources stand.
pub const BASE: &str = "/api/v1";

/// How many uploads are held in memory at once.
const UPLOADS: usize = 16;

/// The parts that the binary, or a test, hands in.
pub struct ApiParts {
    /// Runs units of work.
    pub store: Arc<dyn Store>,
    /// Keeps the files of pictures.
    pub gallery: Arc<dyn Gallery>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Makes randomness.
    pub entropy: Arc<dyn Entropy>,
    /// The policy in force, which changes while serving.
    pub policy: Arc<LivePolicy>,
    /// Tokens, passwords and their keys.
    pub identity: Arc<Identity>,
    /// Where readings wait until the jobs write them.
    pub views: Arc<ViewBuffer>,
    /// Settings of the HTTP side.
    pub settings: HttpSettings,
    /// What `/readyz` asks.
    pub probes: Probes,
}

/// Settings of the HTTP side, `http.*`.
#[derive(Clone, Debug)]
pub struct HttpSettings {
    /// `http.public_url`, without a slash at the end: the base of every absolute URL.
    pub public_url: String,
    /// `http.allowed_origins`: other origins whose pages may call.
    pub allowed_origins: Vec<String>,
    /// `http.trusted_proxies`: whose `X-Forwarded-For` is believed.
    pub trusted_proxies: TrustedProxies,
    /// `http.json_max_bytes`.
    pub json_max_bytes: usize,
    /// Where the files of exports lie.
    pub exports_dir: PathBuf,
    /// The key that seals cursors; the same on every node.
    pub cursor_key: CursorKey,
    /// The key that seals the links of pictures; the same on every node.
    pub media_key: MediaKey,
}

/// The shared state of all handlers.
pub struct Api {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) gallery: Arc<dyn Gallery>,
    pub(crate) upload_slots: Semaphore,
    pub(crate) identity: Arc<Identity>,
    pub(crate) views: Arc<ViewBuffer>,
    pub(crate) settings: HttpSettings,
    pub(crate) limits: Limits,
    pub(crate) probes: Probes,
    pub(crate) streams: Streams,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    pub(crate) policy: Arc<LivePolicy>,
}

impl Api {
    /// Puts the parts together.
    pub fn new(parts: ApiParts) -> Arc<Self> {
        let ApiParts { store, gallery, clock, entropy, policy, identity, views, settings, probes } = parts;
        let limits = Limits::new(Arc::clone(&clock));
        let upload_slots = Semaphore::new(UPLOADS);
        Arc::new(Self {
            store,
            gallery,
            upload_slots,
            identity,
            views,
            settings,
            limits,
            probes,
            streams: Streams::default(),
            clock,
            entropy,
            policy,
        })
    }

    /// This moment, with the policy in force.
    pub fn moment(&self) -> Moment {
        Moment::new(self.clock.now(), self.policy.load(), Arc::clone(&self.entropy))
    }

    /// Whether the public URL is plain HTTP, which is allowed on the local host only.
    pub(crate) fn is_plain_http(&self) -> bool {
        self.settings.public_url.starts_with("http://")
    }

    /// The origin of the public URL: scheme, host and port.
    pub(crate) fn own_origin(&self) -> &str {
        origin(&self.settings.public_url)
    }
}

fn origin(url: &str) -> &str {
    let host = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = host.split_once('/').map_or(0, |(_, path)| path.len() + 1);
    url.get(..url.len() - path).unwrap_or(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_a_url_without_its_path() {
        for url in ["https://a.test", "https://a.test/", "https://a.test/campus/x"] {
            assert_eq!(origin(url), "https://a.test");
        }
        assert_eq!(origin("http://localhost:8080"), "http://localhost:8080");
    }
}
