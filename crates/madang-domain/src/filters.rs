//! The kinds of field filters that lists offer, as values: what is compared, with which lookup.

use crate::ctx::Timestamp;
use crate::fold::fold;

/// A test of a text field. Values are literal: `%`, `_`, `*` and `\` mean themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextTest {
    /// How the value is compared.
    pub lookup: TextLookup,
    /// The value in NFC; already folded where the lookup ignores case.
    pub value: String,
}

/// The lookups of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextLookup {
    /// Equal.
    Exact,
    /// Equal after folding.
    IExact,
    /// Holds the value.
    Contains,
    /// Holds the value, after folding.
    IContains,
    /// Begins with the value.
    StartsWith,
    /// Begins with the value, after folding.
    IStartsWith,
    /// Ends with the value.
    EndsWith,
    /// Ends with the value, after folding.
    IEndsWith,
}

impl TextLookup {
    /// Whether both sides are folded before they are compared.
    pub fn folded(self) -> bool {
        matches!(self, Self::IExact | Self::IContains | Self::IStartsWith | Self::IEndsWith)
    }
}

impl TextTest {
    /// A test of `value`, which must be in NFC.
    pub fn new(lookup: TextLookup, value: &str) -> Self {
        Self { lookup, value: if lookup.folded() { fold(value) } else { value.to_owned() } }
    }
}

/// A test of an ordered field: a number or an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderedTest<T> {
    /// Equal.
    Exact(T),
    /// Greater.
    Gt(T),
    /// Greater or equal.
    Gte(T),
    /// Less.
    Lt(T),
    /// Less or equal.
    Lte(T),
    /// Between both, inclusive.
    Range(T, T),
}

/// A test of a number.
pub type NumberTest = OrderedTest<i64>;
/// A test of an instant.
pub type TimeTest = OrderedTest<Timestamp>;

/// A test of an id or of a choice: one of these values (1 to 50).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OneOf<T>(pub Vec<T>);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_i_forms_fold() {
        assert_eq!(TextTest::new(TextLookup::Contains, "ABC").value, "ABC");
        assert_eq!(TextTest::new(TextLookup::IContains, "ABC").value, "abc");
    }
}
