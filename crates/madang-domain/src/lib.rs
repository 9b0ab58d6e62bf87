//! What a campus community is made of, what people do in it, and the ports that this needs.
//!
//! This crate knows no framework: no web server, no database, no runtime, no clock. Everything that comes from outside
//! is handed in, the time and randomness by [`ctx::Moment`], the stored world by [`store::UnitOfWork`]. Use cases are
//! plain synchronous functions of a unit of work, a context and a command; each has its own error enum.
//!
//! Start reading at [`store`] and [`ctx`], then at one feature from the entity to the use case: `posts/post.rs`,
//! `posts/repository.rs`, `posts/create_post.rs`.

pub mod accounts;
pub mod actor;
pub mod appeals;
pub mod audit;
pub mod blocks;
pub mod boards;
pub mod comments;
pub mod counters;
pub mod ctx;
pub mod exports;
pub mod filters;
pub mod fold;
pub mod idempotency;
pub mod ids;
pub mod language;
pub mod leads;
pub mod likes;
pub mod media;
pub mod messages;
pub mod mutes;
pub mod notifications;
pub mod outbox;
pub mod paging;
pub mod permissions;
pub mod personal_tokens;
pub mod policy;
pub mod posts;
pub mod removals;
pub mod reports;
pub mod reveals;
pub mod sanctions;
pub mod schools;
pub mod scraps;
pub mod search;
pub mod sessions;
pub mod site_settings;
pub mod stats;
pub mod store;
pub mod text;
pub mod trash;
pub mod views;
pub mod visibility;
