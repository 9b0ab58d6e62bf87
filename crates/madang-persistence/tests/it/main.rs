//! The store and the repositories on both databases.

#![allow(clippy::disallowed_methods, reason = "tests look at what they made with connections of their own")]
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod accounts;
mod blocks;
mod boards;
mod comments;
mod compile_options;
mod counters;
mod idempotency;
mod leads;
mod liveness;
mod messages;
mod migrations;
mod notifications;
mod outbox;
mod people;
mod personal_tokens;
mod plans;
#[cfg(feature = "postgres")]
mod postgres_faults;
mod posts;
#[cfg(feature = "postgres")]
mod schema_parity;
mod schools;
mod sessions;
mod sqlite_writer;
mod stats;
mod support;
mod units;
