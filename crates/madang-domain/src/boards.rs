//! Boards.

/// Boards.
pub trait BoardRepository {}
