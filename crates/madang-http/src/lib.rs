//! The REST contract over the use cases.
