//! Personal access tokens (AUTH-16).

mod create_personal_token;
mod end_personal_token;
mod list_personal_tokens;
mod response;

use crate::route::Route;

/// The routes of personal tokens.
pub(crate) fn routes() -> Vec<Route> {
    vec![list_personal_tokens::route(), create_personal_token::route(), end_personal_token::route()]
}
