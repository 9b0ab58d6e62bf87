//! Why settings are refused.

use std::fmt;

/// One sentence that names the key and the remedy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsError {
    key: String,
    origin: Option<String>,
    sentence: String,
}

impl SettingsError {
    /// A refusal of the setting with the dotted name `key`; `sentence` says what is wrong and what to do.
    pub fn new(key: impl Into<String>, sentence: impl Into<String>) -> Self {
        // Messages of libraries may have many lines; a sentence has one.
        let sentence = sentence.into().split_whitespace().collect::<Vec<_>>().join(" ");
        Self { key: key.into(), origin: None, sentence }
    }

    /// The dotted name of the setting.
    pub fn key(&self) -> &str {
        &self.key
    }

    pub(super) fn at_origin(mut self, origin: Option<String>) -> Self {
        self.origin = self.origin.or(origin);
        self
    }
}

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "setting {}", self.key)?;
        if let Some(origin) = &self.origin {
            write!(f, " (from {origin})")?;
        }
        write!(f, ": {}", self.sentence)
    }
}

impl std::error::Error for SettingsError {}
