//! The whole URL table.

use crate::auth;
use crate::me;
use crate::ops;
use crate::posts;
use crate::route::Route;
use crate::trash;

/// Every route.
pub fn all() -> Vec<Route> {
    let mut routes = Vec::new();
    routes.extend(ops::routes());
    routes.extend(auth::routes());
    routes.extend(me::routes());
    routes.extend(posts::routes());
    routes.extend(trash::routes());
    routes
}
