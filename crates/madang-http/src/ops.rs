//! The root paths for operators and newcomers.

mod api_root;
mod docs;
mod livez;
pub mod metrics;
mod openapi_json;
pub mod probes;
mod problem_page;
mod readyz;

pub use probes::Probes;

use crate::route::Route;

pub(crate) use docs::asset;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        api_root::route(),
        openapi_json::route(),
        docs::route(),
        problem_page::route(),
        livez::route(),
        readyz::route(),
    ]
}
