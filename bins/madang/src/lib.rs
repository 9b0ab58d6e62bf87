//! The server binary.
