//! Posts.

/// Posts.
pub trait PostRepository {}
