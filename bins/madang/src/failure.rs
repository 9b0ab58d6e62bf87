//! Why a command failed, in one sentence, and with which exit status.

use crate::settings::SettingsError;
use madang_domain::store::StoreError;
use std::error::Error;
use std::fmt;
use std::process::ExitCode;

/// A failure of a command.
#[derive(Debug)]
pub enum Failure {
    /// Wrong use or settings: exit status 2.
    Misused(String),
    /// It could not be done: exit status 1.
    Failed(String),
}

impl Failure {
    /// A failure told by a sentence.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self::Failed(sentence.into())
    }

    /// A failure told by what was tried and an error with all its causes.
    pub fn because(tried: &str, error: &dyn Error) -> Self {
        let mut sentence = format!("{tried}: {error}");
        let mut cause = error.source();
        while let Some(error) = cause {
            let text = error.to_string();
            if !sentence.ends_with(&text) {
                sentence = format!("{sentence}: {text}");
            }
            cause = error.source();
        }
        Self::Failed(sentence.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// The exit status: 2 for wrong use or settings, else 1.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::Misused(_) => ExitCode::from(2),
            Self::Failed(_) => ExitCode::from(1),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Misused(sentence) | Self::Failed(sentence) => f.write_str(sentence),
        }
    }
}

impl Error for Failure {}

impl From<SettingsError> for Failure {
    fn from(error: SettingsError) -> Self {
        Self::Misused(error.to_string())
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::because("the database", &error)
    }
}
