//! Login sessions.

/// Sessions.
pub trait SessionRepository {}
