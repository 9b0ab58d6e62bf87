//! What is said against sanctions, and what staff decide.

mod appeal_ban;
mod create_appeal;
mod decide_appeal;
mod list_appeals;
mod response;

pub(crate) use response::AppealResponse;

use crate::route::Route;

/// The routes of appeals.
pub(crate) fn routes() -> Vec<Route> {
    vec![create_appeal::route(), appeal_ban::route(), list_appeals::route(), decide_appeal::route()]
}
