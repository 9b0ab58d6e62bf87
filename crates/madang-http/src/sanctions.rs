//! What staff impose on members.

mod create_sanction;
mod lift_sanction;
mod list_own_sanctions;
mod list_sanctions;
mod response;

pub(crate) use response::SanctionResponse;

use crate::route::Route;

/// The contract's words of the kinds.
const KINDS: &[&str] = &["warning", "restriction", "ban"];

/// The contract's words of the scopes.
const SCOPES: &[&str] = &["site", "board"];

/// The routes of sanctions.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        list_own_sanctions::route(),
        list_sanctions::route(),
        create_sanction::route(),
        lift_sanction::route(),
    ]
}
