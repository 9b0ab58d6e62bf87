//! Mails by both transports.
#![allow(clippy::unwrap_used, reason = "a test says what it expects")]

mod directory;
mod letters;
mod smtp;
