//! Settings of a test server, key by dotted key.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// What a server is started with: settings for tests, over which a test writes its own.
#[derive(Clone, Debug)]
pub struct Config(BTreeMap<String, toml::Value>);

impl Default for Config {
    /// Cheap hashes, a free port, limits that no test reaches by accident.
    fn default() -> Self {
        Self(BTreeMap::new())
            .with("mode", "test")
            .with("http.bind", "127.0.0.1:0")
            .with("http.public_url", "https://madang.test")
            .with("http.workers", 2)
            .with("auth.bcrypt_cost", 4)
            .with("auth.hash_queue_max", 4096)
            .with("auth.hash_wait_ms", 30_000)
            .with("auth.resend_seconds", 0)
            .with("auth.login_failures", 10_000)
            .with("auth.login_failures_per_name_hour", 10_000)
            .with("auth.login_failures_per_address", 100_000)
            .with("limits.read_per_minute", 0)
            .with("limits.write_per_minute", 0)
            .with("limits.search_per_minute", 0)
            .with("limits.sign_up_per_hour", 0)
            .with("limits.mail_per_hour", 0)
            .with("posts.cooldown_seconds", 0)
            .with("posts.promotion_interval_hours", 0)
            .with("log.level", "warn")
    }
}

impl Config {
    /// The same with `key` (dotted) set to `value`.
    pub fn with(mut self, key: &str, value: impl Into<toml::Value>) -> Self {
        self.0.insert(key.to_owned(), value.into());
        self
    }

    /// The same without `key`: its default holds again.
    pub fn without(mut self, key: &str) -> Self {
        self.0.remove(key);
        self
    }

    /// The settings file.
    pub fn to_toml(&self) -> String {
        let mut text = String::new();
        for (key, value) in &self.0 {
            // A String never refuses what is written to it.
            let _ = writeln!(text, "{key} = {value}");
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_is_written_as_its_type() {
        let config = Config::default().with("http.allowed_origins", vec!["https://a.test"]);
        let read: toml::Table = config.to_toml().parse().unwrap();
        assert_eq!(read["auth"]["bcrypt_cost"].as_integer(), Some(4));
        assert_eq!(read["http"]["allowed_origins"][0].as_str(), Some("https://a.test"));
    }
}
