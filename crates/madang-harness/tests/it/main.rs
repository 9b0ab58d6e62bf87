//! The whole server from outside, and the house it is built in.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    reason = "tests say what they expect"
)]

mod admin;
mod anonymity;
mod blocks;
mod boards;
mod comments;
mod deletion;
mod doctor;
mod documents;
mod dump;
mod durability;
mod erasure;
mod events;
mod exports;
mod forge;
mod http_conditional;
mod http_errors;
mod http_headers;
mod http_lists;
mod http_repeats;
mod journey;
mod layering;
mod leads;
mod likes;
mod load;
mod logs;
mod macros;
mod media;
mod messages;
mod moderation;
mod nodes;
mod notifications;
mod posts;
mod ranked;
mod routes;
mod schools;
mod scraps;
mod secrets;
mod security;
mod statements;
mod views;
mod visibility;
mod withdrawal;
