//! Users, for admins.

mod change_user;
mod end_user_sessions;
mod find_user;
mod list_users;
mod response;
mod restore_user;

use crate::route::Route;

/// The routes of users under `/admin`.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        list_users::route(),
        find_user::route(),
        change_user::route(),
        end_user_sessions::route(),
        restore_user::route(),
    ]
}
