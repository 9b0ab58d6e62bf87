//! Telling an admin who wrote an anonymous item: the only way there is (ANON-4).

mod repository;
mod reveal_author;

pub use repository::{RevealRepository, RevealedAuthor};
pub use reveal_author::{Reveal, RevealAuthor, RevealAuthorError, reveal_author};
