//! The REST contract over the use cases.
//!
//! A route is a value ([`route::Route`]) that reads like a row of the contract; [`routes`] lists them all. A handler is
//! one file: the body it reads, the response it writes, the unit of work it runs. What all routes share happens once:
//! `dispatch` before the handler, [`call`] inside the unit, [`server`] around everything.
//!
//! Start reading at [`routes`], then at one handler, then at [`call`].

pub mod access;
mod admin_audit;
mod admin_boards;
mod admin_schools;
mod admin_settings;
mod admin_stats;
mod admin_users;
pub mod answer;
pub mod api;
mod appeals;
mod auth;
mod blocks;
mod boards;
pub mod call;
pub mod client;
mod comments;
pub mod cookies;
pub mod credentials;
mod csrf;
pub mod cursor;
mod dispatch;
mod envelope;
pub mod etag;
mod events;
mod exports;
pub mod extract;
mod favourites;
pub mod identity;
mod leads;
mod likes;
pub mod limits;
mod lists;
pub mod live_policy;
mod me;
mod media;
pub mod media_links;
mod messages;
mod moderation_log;
mod mutes;
mod negotiate;
mod notifications;
pub mod openapi;
pub mod ops;
mod personal_tokens;
mod posts;
pub mod problem;
mod proof;
mod receive;
mod removals;
pub mod reply;
mod reports;
mod reveals;
pub mod route;
pub mod routes;
mod sanctions;
mod schools;
mod scraps;
pub mod server;
mod shapes;
mod span;
mod terms;
pub mod texts;
mod trailing_slash;
mod trash;
mod uploads;
mod users;
pub mod viewer;
