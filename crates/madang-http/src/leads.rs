//! Leads.

mod create_lead;
mod delete_lead;
mod edit_lead;
mod find_lead;
mod list_leads;
mod response;

use crate::route::Route;

/// The routes of leads.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        list_leads::route(),
        create_lead::route(),
        find_lead::route(),
        edit_lead::route(),
        delete_lead::route(),
    ]
}
