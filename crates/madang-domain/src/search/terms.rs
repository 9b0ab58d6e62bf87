//! What a reader searches for.

use crate::fold::{fold, nfc};
use crate::text::FieldError;

/// Most terms of one search.
pub const TERMS_MAX: usize = 10;
/// Most characters of one search.
pub const CHARS_MAX: usize = 100;
/// What quotes a phrase: folding makes the one of the other.
const QUOTES: [char; 2] = ['"', '\u{ff02}'];

/// The terms of a search, folded; an item matches when it holds every one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchTerms(Vec<String>);

impl SearchTerms {
    /// Parses words separated by spaces, `"quoted words"` being one term. Each term has at least `min_chars` characters. They
    /// are counted after NFC as in all texts, and before folding, which makes more of some.
    pub fn parse(text: &str, min_chars: usize) -> Result<Self, FieldError> {
        let text = nfc(text);
        if text.chars().count() > CHARS_MAX {
            return Err(FieldError::MaxLength);
        }
        if text.contains('\0') {
            return Err(FieldError::Invalid);
        }
        let mut terms = Vec::new();
        for (n, part) in text.split(QUOTES).enumerate() {
            match n % 2 {
                1 => terms.push(part.split_whitespace().collect::<Vec<_>>().join(" ")),
                _ => terms.extend(part.split_whitespace().map(str::to_owned)),
            }
        }
        terms.retain(|term| !term.is_empty());
        if terms.is_empty() {
            return Err(FieldError::Blank);
        }
        if terms.len() > TERMS_MAX {
            return Err(FieldError::TooMany);
        }
        if terms.iter().any(|term| term.chars().count() < min_chars) {
            return Err(FieldError::MinLength);
        }
        Ok(Self(terms.iter().map(|term| fold(term)).collect()))
    }

    /// The folded terms, at least one.
    pub fn terms(&self) -> &[String] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn x_4_parses_words_and_phrases() {
        let terms = SearchTerms::parse("  시험 \"Mid  Term\" 후기", 2).unwrap();
        assert_eq!(terms.terms(), ["시험", "mid term", "후기"]);
        assert_eq!(SearchTerms::parse("밥", 2), Err(FieldError::MinLength));
        assert_eq!(SearchTerms::parse(" \"\" ", 2), Err(FieldError::Blank));
        assert_eq!(SearchTerms::parse(&"가나 ".repeat(11), 2), Err(FieldError::TooMany));
        assert_eq!(SearchTerms::parse(&"가".repeat(101), 2), Err(FieldError::MaxLength));
        assert_eq!(SearchTerms::parse("＂ＡＢ　c＂", 2).unwrap().terms(), ["ab c"]);
    }

    #[test]
    fn x_4_characters_are_counted_after_nfc_and_before_folding() {
        let decomposed = "\u{1112}\u{1161}\u{11ab}";
        assert_eq!(SearchTerms::parse(&decomposed.repeat(100), 2).unwrap().terms(), ["한".repeat(100)]);
        assert_eq!(SearchTerms::parse(&decomposed.repeat(101), 2), Err(FieldError::MaxLength));
        assert_eq!(SearchTerms::parse(decomposed, 2), Err(FieldError::MinLength));
        for single in ["ß", "ﬃ", "e\u{301}"] {
            assert_eq!(SearchTerms::parse(single, 2), Err(FieldError::MinLength), "{single}");
        }
        assert_eq!(SearchTerms::parse("Maß", 2).unwrap().terms(), ["mass"]);
        assert_eq!(SearchTerms::parse(&"ß".repeat(100), 2).unwrap().terms(), ["s".repeat(200)]);
    }
}
