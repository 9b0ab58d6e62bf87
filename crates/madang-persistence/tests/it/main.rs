//! The store and the repositories on both databases.

#![allow(clippy::disallowed_methods, reason = "tests look at what they made with connections of their own")]

mod compile_options;
mod idempotency;
mod migrations;
#[cfg(feature = "postgres")]
mod postgres_faults;
mod posts;
#[cfg(feature = "postgres")]
mod schema_parity;
mod sqlite_writer;
mod support;
mod units;
