//! Reading what callers send: JSON bodies and query strings, with every refused field named at once.

mod fields;
mod json;
mod query;
mod spec;
pub mod value;

pub use fields::{Body, Faults, Fields, NoBody};
pub use json::Node;
pub use query::{ListQuery, OrderBy};
pub use spec::{Filter, Kind, List, Style};

pub(crate) use fields::{read_body, read_draft};
pub(crate) use json::parse;
pub(crate) use query::{Pairs, refuse_parameters, refuse_parameters_but};
