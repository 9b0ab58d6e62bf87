//! Text that people write, parsed once at the door: past it nobody checks a length again.

use crate::fold::nfc;

/// What is wrong with a field, in the vocabulary of the contract's field codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FieldError {
    /// Missing.
    Required,
    /// `null` where a value is needed.
    Null,
    /// Nothing but white space.
    Blank,
    /// Not of the field's form.
    Invalid,
    /// Too short.
    MinLength,
    /// Too long.
    MaxLength,
    /// Too small.
    MinValue,
    /// Too large.
    MaxValue,
    /// Not one of the choices.
    InvalidChoice,
    /// More entries than allowed.
    TooMany,
    /// No such field here.
    UnknownField,
    /// The server owns it.
    ReadOnly,
    /// Somebody else has it.
    Taken,
    /// Not open.
    Closed,
    /// The e-mail's domain is not the school's.
    DomainNotAllowed,
    /// Too easy to guess.
    WeakPassword,
    /// Oneself.
    SelfTarget,
    /// No such thing for this caller.
    NotFound,
    /// Not allowed here.
    NotAllowed,
    /// Not exactly the expected entries.
    Mismatch,
    /// Named twice.
    Duplicate,
    /// Overlaps another entry.
    Overlap,
    /// Not a possible parent.
    InvalidParent,
    /// Not a picture that can be used.
    InvalidImage,
    /// Holds a refused word.
    Filtered,
}

/// How a text field is judged. Lengths are characters (Unicode scalar values) after NFC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextRule {
    /// Least length; a text that is blank after trim is refused first when this is above zero.
    pub min: usize,
    /// Greatest length.
    pub max: usize,
    /// Whether newline and tab may stand inside.
    pub multiline: bool,
}

impl TextRule {
    /// One line of `min` to `max` characters.
    pub const fn line(min: usize, max: usize) -> Self {
        Self { min, max, multiline: false }
    }

    /// Lines of `min` to `max` characters in all.
    pub const fn lines(min: usize, max: usize) -> Self {
        Self { min, max, multiline: true }
    }

    /// Parses a text: NFC, no control characters (newline and tab excepted where lines may break), not blank, within
    /// its lengths. The text itself is kept as written.
    pub fn parse(self, text: &str) -> Result<String, FieldError> {
        let text = nfc(text);
        if text.chars().any(|c| c.is_control() && !(self.multiline && matches!(c, '\n' | '\t'))) {
            return Err(FieldError::Invalid);
        }
        if self.min > 0 && text.trim().is_empty() {
            return Err(FieldError::Blank);
        }
        match text.chars().count() {
            n if n < self.min => Err(FieldError::MinLength),
            n if n > self.max => Err(FieldError::MaxLength),
            _ => Ok(text),
        }
    }

    /// Parses a name: as [`parse`](Self::parse), with the spaces around it cut off.
    pub fn parse_trimmed(self, text: &str) -> Result<String, FieldError> {
        self.parse(text.trim())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn judges_after_normalising() {
        let rule = TextRule::line(1, 2);
        assert_eq!(rule.parse("\u{1112}\u{1161}\u{11ab}글"), Ok("한글".to_owned()));
        assert_eq!(rule.parse("한글날"), Err(FieldError::MaxLength));
        assert_eq!(rule.parse(" \u{3000}"), Err(FieldError::Blank));
        assert_eq!(rule.parse("a\n"), Err(FieldError::Invalid));
        assert_eq!(TextRule::lines(1, 9).parse("a\n\tb"), Ok("a\n\tb".to_owned()));
        assert_eq!(TextRule::lines(1, 9).parse("a\0"), Err(FieldError::Invalid));
    }
}
