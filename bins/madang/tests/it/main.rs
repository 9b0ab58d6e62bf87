//! The real program, as operators and scripts meet it.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test says what it expects, and starts programs in environments of its own"
)]

mod commands;
mod import;
mod keys;
mod lock;
mod mails;
mod program;
mod seed;
mod serve;
mod settings;
mod smtp;
