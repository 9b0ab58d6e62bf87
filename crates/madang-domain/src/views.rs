//! Who has read which post, counted once each (POST-10).
//!
//! Readings are collected in memory and written together every few seconds, so that reading costs no write.

mod buffer;
mod record_views;
mod repository;
mod view;

pub use buffer::ViewBuffer;
pub use record_views::record_views;
pub use repository::ViewRepository;
pub use view::View;
