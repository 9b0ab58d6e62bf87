//! Users, their one-time links and their failed logins.

mod repository;

pub use repository::{AccountRepository, LinkRepository, LoginBucketRepository};
