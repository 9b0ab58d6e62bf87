//! Schools, for admins.

mod body;
mod create_school;
mod delete_school;
mod edit_school;
mod find_admin_school;
mod list_admin_schools;
mod response;

use crate::route::Route;

/// The routes of schools under `/admin`.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        list_admin_schools::route(),
        create_school::route(),
        find_admin_school::route(),
        edit_school::route(),
        delete_school::route(),
    ]
}
