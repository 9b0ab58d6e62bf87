//! Uploads: pictures that wait to be used.

mod add_upload;
mod delete_upload;
mod form;
mod response;

use crate::route::Route;

/// The routes of uploads.
pub(crate) fn routes() -> Vec<Route> {
    vec![add_upload::route(), delete_upload::route()]
}
