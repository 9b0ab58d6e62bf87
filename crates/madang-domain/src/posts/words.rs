//! Words that a deployment refuses or has its staff look at (POST-14).

use crate::fold::fold;

/// Whether `text` holds one of `words`, both compared after folding.
pub(crate) fn holds_word(text: &str, words: &[String]) -> bool {
    if words.is_empty() {
        return false;
    }
    let folded = fold(text);
    words.iter().map(|word| fold(word)).any(|word| !word.is_empty() && folded.contains(&word))
}
