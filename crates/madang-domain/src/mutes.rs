//! Muted posts: those of which somebody wants no notices (NOT-1).

mod mute_post;
mod repository;
mod unmute_post;

pub use mute_post::{MuteError, mute_post};
pub use repository::MuteRepository;
pub use unmute_post::unmute_post;
