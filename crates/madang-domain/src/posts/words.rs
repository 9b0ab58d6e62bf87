//! Words that a deployment refuses (POST-14).

use crate::fold::fold;

/// Whether `text` holds one of `refused`, both compared after folding.
pub(crate) fn holds_refused_word(text: &str, refused: &[String]) -> bool {
    if refused.is_empty() {
        return false;
    }
    let folded = fold(text);
    refused.iter().map(|word| fold(word)).any(|word| !word.is_empty() && folded.contains(&word))
}
