//! What a reader searches for.

use crate::fold::fold;
use crate::text::FieldError;

/// Most terms of one search.
pub const TERMS_MAX: usize = 10;
/// Most characters of one search.
pub const CHARS_MAX: usize = 100;

/// The terms of a search, folded; an item matches when it holds every one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchTerms(Vec<String>);

impl SearchTerms {
    /// Parses words separated by spaces, `"quoted words"` being one term. Each term has at least `min_chars` characters.
    pub fn parse(text: &str, min_chars: usize) -> Result<Self, FieldError> {
        if text.chars().count() > CHARS_MAX {
            return Err(FieldError::MaxLength);
        }
        if text.contains('\0') {
            return Err(FieldError::Invalid);
        }
        let folded = fold(text);
        let mut terms = Vec::new();
        for (n, part) in folded.split('"').enumerate() {
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
        Ok(Self(terms))
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
    }
}
