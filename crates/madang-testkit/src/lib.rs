//! Fresh databases, a clock that a test sets, seeded randomness, people who act.
//!
//! ```
//! use madang_testkit::{TestDatabase, World};
//! # use madang_domain::store::StoreError;
//!
//! let world = World::new();
//! let store = TestDatabase::sqlite_memory().store();
//! let moment = world.moment();
//! let purged = store.write_blocking(move |uow| uow.idempotency().purge(moment.now));
//! assert_eq!(purged.map_err(|error: StoreError| error.to_string()), Ok(0));
//! ```
//!
//! The databases of PostgreSQL come from a cluster that the tests start by themselves in a temporary folder and share,
//! or from the server that `MADANG_TEST_POSTGRES_URL` names. Where there is neither, the tests that need one say that
//! they were left out, unless `MADANG_REQUIRE_POSTGRES=1` makes that a failure.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "it serves tests, which fail by panics and read their own environment"
)]

mod campus;
mod database;
pub mod look;
#[cfg(feature = "postgres")]
mod postgres;
mod python;
mod store;
mod world;

pub use campus::Campus;
pub use database::{DatabaseKind, TestDatabase};
#[cfg(feature = "postgres")]
pub use postgres::Cluster;
pub use python::python;
pub use store::TestStore;
pub use world::{TestClock, TestEntropy, World};
