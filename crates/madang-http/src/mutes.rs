//! Muted posts.

mod mute_post;
mod unmute_post;

use crate::route::Route;

/// The routes of muted posts.
pub(crate) fn routes() -> Vec<Route> {
    vec![mute_post::route(), unmute_post::route()]
}
