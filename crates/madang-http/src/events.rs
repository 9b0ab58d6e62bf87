//! Events as they happen.

mod follow;
mod stream_events;
mod streams;
mod wire;

pub(crate) use streams::Streams;

use crate::route::Route;

/// The route of events.
pub(crate) fn routes() -> Vec<Route> {
    vec![stream_events::route()]
}
