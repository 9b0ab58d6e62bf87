//! The sections about where and how the server runs.

use super::amount::Amount;
use super::section::{optional_text, section, text};

section! {
    /// `database.*`
    Database "database" {
        own {
            #[serde(deserialize_with = "optional_text")]
            url: Option<String> = None;
            #[serde(deserialize_with = "optional_text")]
            direct_url: Option<String> = None;
            #[serde(deserialize_with = "text")]
            prepared_statements: String = "auto".to_owned();
            readers: Option<usize> = None, in 1..=256;
            writers: Option<usize> = None, in 1..=256;
            queue_max: usize = 1024, in 1..=1_000_000;
        }
    }
}

section! {
    /// `http.*`
    Http "http" {
        own {
            #[serde(deserialize_with = "text")]
            bind: String = "127.0.0.1:8080".to_owned();
            #[serde(deserialize_with = "optional_text")]
            public_url: Option<String> = None;
            allowed_origins: Vec<String> = Vec::new();
            trusted_proxies: Vec<String> = Vec::new();
            json_max_bytes: usize = 262_144, in 1024..=16_777_216;
            workers: Option<usize> = None, in 1..=1024;
        }
    }
}

section! {
    /// `jobs.*`
    Jobs "jobs" {
        own {
            interval_seconds: Amount = Amount(5.0), in 1..=3600;
        }
    }
}

section! {
    /// `log.*`
    Log "log" {
        own {
            #[serde(deserialize_with = "optional_text")]
            format: Option<String> = None;
            #[serde(deserialize_with = "text")]
            level: String = "info".to_owned();
        }
    }
}

section! {
    /// `mail.*`
    Mail "mail" {
        own {
            #[serde(deserialize_with = "text")]
            transport: String = "file".to_owned();
            #[serde(deserialize_with = "optional_text")]
            smtp_url: Option<String> = None;
            #[serde(deserialize_with = "optional_text")]
            smtp_ca_file: Option<String> = None;
            #[serde(deserialize_with = "text")]
            from: String = "Madang <no-reply@localhost>".to_owned();
            #[serde(deserialize_with = "optional_text")]
            link_base: Option<String> = None;
        }
    }
}

section! {
    /// `metrics.*`
    Metrics "metrics" {
        own {
            #[serde(deserialize_with = "optional_text")]
            bind: Option<String> = None;
        }
    }
}
