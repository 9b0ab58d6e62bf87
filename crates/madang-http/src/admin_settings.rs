//! Settings that admins change while the site runs.

mod change_settings;
mod list_settings;
mod response;

use crate::route::Route;

/// The routes of settings under `/admin`.
pub(crate) fn routes() -> Vec<Route> {
    vec![list_settings::route(), change_settings::route()]
}
