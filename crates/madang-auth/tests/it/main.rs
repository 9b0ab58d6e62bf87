//! The use cases of identity, on SQLite in memory; races on both databases.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod change_password;
mod change_user;
mod fixture;
mod log_in;
mod log_out;
mod operator;
mod refresh;
mod sign_up;
mod update_me;
mod verify_email;
