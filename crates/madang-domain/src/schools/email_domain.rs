//! The mail domains of a school.

use crate::fold::fold;
use crate::text::FieldError;

/// Most mail domains of one school.
pub const EMAIL_DOMAINS_MAX: usize = 20;
const LENGTH_MAX: usize = 253;

/// A mail domain in canonical form: ASCII, lower case, at least two labels, no dot at either end.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EmailDomain(String);

impl EmailDomain {
    /// Parses a domain as people write it, international ones included.
    ///
    /// # Errors
    /// `blank` for nothing, `invalid` for what no mail goes to.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        let folded = fold(text.trim());
        if folded.is_empty() {
            return Err(FieldError::Blank);
        }
        let ascii = idna::domain_to_ascii_strict(&folded).map_err(|_| FieldError::Invalid)?;
        let labels = ascii.split('.').count();
        let whole = ascii.split('.').all(|label| !label.is_empty());
        let number = ascii.rsplit('.').next().is_some_and(|last| last.bytes().all(|b| b.is_ascii_digit()));
        if labels < 2 || !whole || number || ascii.len() > LENGTH_MAX {
            return Err(FieldError::Invalid);
        }
        Ok(Self(ascii))
    }

    /// A domain that was stored by [`as_str`](Self::as_str).
    pub fn from_stored(text: String) -> Self {
        Self(text)
    }

    /// The canonical text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether `domain`, in canonical form, is this domain or one below it; whole labels only (ACC-8).
    pub fn covers(&self, domain: &str) -> bool {
        match domain.strip_suffix(self.as_str()) {
            Some("") => true,
            Some(above) => above.ends_with('.'),
            None => false,
        }
    }

    /// Whether an address could belong to both (SCH-1).
    pub fn clashes_with(&self, other: &Self) -> bool {
        self.covers(&other.0) || other.covers(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn domain(text: &str) -> EmailDomain {
        EmailDomain::parse(text).unwrap()
    }

    #[test]
    fn acc_8_covers_whole_labels_only() {
        let school = domain("school.test");
        assert!(school.covers("school.test"));
        assert!(school.covers("mail.school.test"));
        assert!(!school.covers("school.test.example.com"));
        assert!(!school.covers("badschool.test"));
        assert!(!school.covers("test"));
    }

    #[test]
    fn sch_1_super_and_subdomains_clash() {
        assert!(domain("a.test").clashes_with(&domain("mail.a.test")));
        assert!(domain("mail.a.test").clashes_with(&domain("a.test")));
        assert!(!domain("mail.a.test").clashes_with(&domain("web.a.test")));
    }

    #[test]
    fn parses_to_one_form() {
        assert_eq!(domain(" School.Test ").as_str(), "school.test");
        assert_eq!(domain("ｓchool.test").as_str(), "school.test");
        assert_eq!(domain("한글.test").as_str(), "xn--bj0bj06e.test");
        for bad in ["school", ".test", "a..test", "a.test.", "a b.test", "a@b.test", "10.0.0.1", "*.test"] {
            assert_eq!(EmailDomain::parse(bad), Err(FieldError::Invalid), "{bad}");
        }
        assert_eq!(EmailDomain::parse("  "), Err(FieldError::Blank));
    }
}
