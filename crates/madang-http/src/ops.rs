//! The root paths for operators and newcomers.

pub mod probes;

pub use probes::Probes;
