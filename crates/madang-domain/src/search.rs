//! Search: what a reader looks for, and the index that finds it.

mod grams;
mod index;
mod terms;

pub use grams::{index_words, query_words};
pub use index::{SearchIndexRepository, SearchIndexState, rebuild_search_index};
pub use terms::{CHARS_MAX, SearchTerms, TERMS_MAX};
