//! The server as a library: settings, wiring, command line. It composes and decides nothing.
//!
//! A program that wants a server of its own, a test for example, reads [`settings::Settings`], hands them with a
//! [`world::World`] to [`app::App`], and gets a [`app::Running`] that knows its address and can be stopped.

pub mod app;
pub mod cli;
mod commands;
mod data_dir;
mod demo;
mod failure;
mod jobs;
mod local;
mod logging;
pub mod output;
pub mod settings;
pub mod world;

pub use app::{App, Running};
pub use failure::Failure;
pub use settings::{Settings, SettingsError};
pub use world::World;
