//! Schools.

/// Schools.
pub trait SchoolRepository {}
