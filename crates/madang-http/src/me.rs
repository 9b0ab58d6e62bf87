//! The caller's own account.

mod change_email;
mod change_password;
mod settings;
mod show_me;
mod update_me;
mod user;
mod withdraw;

pub(crate) use user::UserResponse;

use crate::route::Route;

/// The routes under `/me` that concern the account itself.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        show_me::route(),
        update_me::route(),
        change_password::route(),
        change_email::route(),
        withdraw::route(),
    ]
}
