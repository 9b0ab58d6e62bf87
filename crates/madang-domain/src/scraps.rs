//! Scraps: posts that somebody keeps for later, for nobody else to see.

mod list_scraps;
mod repository;
mod scrap_post;
mod unscrap_post;

pub use list_scraps::{ScrapSummary, list_scraps};
pub use repository::{ScrapQuery, ScrapRepository, ScrapView};
pub use scrap_post::{ScrapError, scrap_post};
pub use unscrap_post::unscrap_post;
