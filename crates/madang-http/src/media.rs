//! Pictures as their readers fetch them.

mod show_media;

use crate::route::Route;

/// The routes of pictures.
pub(crate) fn routes() -> Vec<Route> {
    vec![show_media::route()]
}
