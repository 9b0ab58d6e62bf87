//! The whole URL table.

use crate::route::Route;

/// Every route.
pub fn all() -> Vec<Route> {
    let routes = Vec::new();
    // One line a feature: `routes.extend(posts::routes());`
    routes
}
