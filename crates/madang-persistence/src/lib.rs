//! The ports of the domain on SQLite and PostgreSQL.
//!
//! [`DieselStore`] runs units of work on threads that own connections; inside one, each repository is the same struct
//! with one file per feature. Queries are written once, in `run!`, and expanded for both databases. Start reading at
//! `idempotency.rs`, the smallest repository, then `connection.rs` and `store.rs`.

#![cfg_attr(
    not(feature = "postgres"),
    allow(unused_variables, reason = "what rows are locked by is PostgreSQL's alone")
)]

mod accounts;
mod anonymity;
mod appeals;
mod audit;
mod blocks;
mod boards;
mod columns;
mod comments;
mod connection;
mod counters;
mod erasure;
mod errors;
mod exports;
mod filters;
mod fragment;
mod idempotency;
pub mod integrity;
mod json_rows;
mod keyset;
mod leads;
mod likes;
mod liveness;
mod media;
mod messages;
pub mod migrate;
mod mutes;
mod notifications;
mod outbox;
mod personal_tokens;
mod posts;
mod removals;
mod reports;
mod reveals;
mod sanctions;
mod schema;
mod schools;
mod scraps;
mod sessions;
mod site_settings;
mod statements;
mod stats;
mod store;
mod trash;
mod unit_of_work;
mod url;
mod views;

pub use statements::{StatementLog, UnitStatements};
pub use store::{ConnectError, DieselStore, OpenError, Options};
pub use url::{DatabaseUrl, DatabaseUrlError};
