//! The settings in force, for people: TOML with the origin of each value beside it, secrets left out.

use super::Settings;
use std::fmt::Write;
use toml::{Table, Value};

/// Keys whose value may hold a password.
const URLS: [&str; 3] = ["database.url", "database.direct_url", "mail.smtp_url"];

impl Settings {
    /// The settings as TOML, one key a line with its origin. Keys that the server works out while it starts are shown as
    /// comments.
    pub fn print(&self) -> String {
        let mut text = String::new();
        let Ok(table) = Table::try_from(&self.raw) else { return text };
        let (sections, plain): (Vec<_>, Vec<_>) = table.into_iter().partition(|(_, value)| value.is_table());
        for (key, value) in plain {
            self.line(&mut text, &key, &key, &value);
        }
        for (section, value) in sections {
            let _ = writeln!(text, "\n[{section}]");
            let Value::Table(keys) = value else { continue };
            for (key, value) in keys {
                self.line(&mut text, &format!("{section}.{key}"), &key, &value);
            }
            for (key, meaning) in self.open(&section) {
                let _ = writeln!(text, "# {key:<30} # default: {meaning}");
            }
        }
        text
    }

    fn line(&self, text: &mut String, dotted: &str, key: &str, value: &Value) {
        let shown = match value {
            Value::String(url) if URLS.contains(&dotted) => Value::String(redact(url)).to_string(),
            other => other.to_string(),
        };
        let origin = self.origins.get(dotted).map_or("default", String::as_str);
        let _ = writeln!(text, "{:<32} # {origin}", format!("{key} = {shown}"));
    }

    /// What is still open when nothing is said about it.
    fn open(&self, section: &str) -> Vec<(&'static str, String)> {
        let port = self.http.bind.port();
        let mut open = Vec::new();
        match section {
            "auth" if self.auth.issuer.is_none() => open.push(("issuer", self.public_url(port))),
            "database" if self.raw.database.direct_url.is_none() => {
                open.push(("direct_url", "as url".to_owned()));
            }
            "http" if self.http.public_url.is_none() => open.push(("public_url", self.public_url(port))),
            "log" if self.log.json.is_none() => {
                open.push(("format", "text on a terminal, else json".to_owned()));
            }
            "mail" => {
                if self.raw.mail.smtp_url.is_none() {
                    open.push(("smtp_url", "none".to_owned()));
                }
                if self.raw.mail.smtp_ca_file.is_none() {
                    open.push(("smtp_ca_file", "none".to_owned()));
                }
                if self.mail.link_base.is_none() {
                    open.push(("link_base", self.link_base(port)));
                }
            }
            "metrics" if self.metrics_bind.is_none() => open.push(("bind", "none".to_owned())),
            _ => {}
        }
        open
    }
}

/// A URL without its password, wherever that stands.
fn redact(url: &str) -> String {
    let (base, query) = url.split_once('?').map_or((url, None), |(base, query)| (base, Some(query)));
    let mut shown =
        match base.split_once("://").and_then(|(scheme, rest)| Some((scheme, rest.rsplit_once('@')?))) {
            Some((scheme, (user, host))) => {
                let user =
                    user.split_once(':').map_or_else(|| user.to_owned(), |(name, _)| format!("{name}:***"));
                format!("{scheme}://{user}@{host}")
            }
            None => base.to_owned(),
        };
    for (n, pair) in query.into_iter().flat_map(|query| query.split('&')).enumerate() {
        shown.push(if n == 0 { '?' } else { '&' });
        match pair.split_once('=') {
            Some((name, _)) if name.to_ascii_lowercase().contains("pass") => {
                shown.push_str(name);
                shown.push_str("=***");
            }
            _ => shown.push_str(pair),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s_71_passwords_are_left_out() {
        assert_eq!(redact("postgres://u:p@ss@h/db?x=1&password=p"), "postgres://u:***@h/db?x=1&password=***");
        assert_eq!(redact("postgres://u@h/db"), "postgres://u@h/db");
        assert_eq!(redact("sqlite:/a?b"), "sqlite:/a?b");
        assert_eq!(redact("smtp://h:25"), "smtp://h:25");
    }
}
