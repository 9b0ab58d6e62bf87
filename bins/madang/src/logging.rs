//! Logs on standard error.

use crate::settings::LogSettings;
use std::io::{self, IsTerminal};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::SubscriberBuilder;

/// Sends the logs of this process to standard error. Once set, they stay.
pub(crate) fn start(settings: &LogSettings) {
    let terminal = io::stderr().is_terminal();
    let filter = EnvFilter::try_new(&settings.level).unwrap_or_else(|_| EnvFilter::new("info"));
    let builder = SubscriberBuilder::default().with_env_filter(filter).with_writer(io::stderr);
    // A second start within one process keeps the first one's choice.
    let _ = if settings.json.unwrap_or(!terminal) {
        tracing::subscriber::set_global_default(builder.json().flatten_event(true).finish())
    } else {
        tracing::subscriber::set_global_default(builder.with_ansi(terminal).finish())
    };
}
