//! E-mail addresses.

use crate::fold::name_key;
use crate::schools::EmailDomain;
use crate::text::FieldError;
use std::fmt;
use unicode_normalization::UnicodeNormalization;

/// Most characters of an address.
const ADDRESS_MAX: usize = 254;
/// Most characters before the `@`.
const LOCAL_MAX: usize = 64;

/// An address, trimmed, width-folded, with its domain in ASCII. `Debug` shows the masked form, because it ends up in
/// logs (ACC-15).
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Email(String);

impl Email {
    /// Parses an address of the common form: a local part of ASCII atoms and a domain of at least two labels, which may
    /// be written in any script.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        let text: String = text.trim().nfkc().collect();
        if text.is_empty() {
            return Err(FieldError::Blank);
        }
        if text.chars().count() > ADDRESS_MAX {
            return Err(FieldError::MaxLength);
        }
        let (local, domain) = text.rsplit_once('@').ok_or(FieldError::Invalid)?;
        if local.len() > LOCAL_MAX || !local.split('.').all(is_atom) {
            return Err(FieldError::Invalid);
        }
        let domain = EmailDomain::parse(domain).map_err(|_| FieldError::Invalid)?;
        let address = format!("{local}@{}", domain.as_str());
        if address.len() > ADDRESS_MAX { Err(FieldError::MaxLength) } else { Ok(Self(address)) }
    }

    /// An address as it was stored.
    pub fn stored(text: String) -> Self {
        Self(text)
    }

    /// Where mail goes: the case of the local part is as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The canonical form by which addresses are compared (ACC-4).
    pub fn key(&self) -> String {
        name_key(&self.0)
    }

    /// The domain in lower-case ASCII.
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }

    /// The form that staff may see: `a***@example.test`.
    pub fn masked(&self) -> String {
        let first = self.0.chars().next().filter(|c| *c != '@');
        format!("{}***@{}", first.map(String::from).unwrap_or_default(), self.domain())
    }
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

fn is_atom(text: &str) -> bool {
    let special = |byte| b"!#$%&'*+-/=?^_`{|}~".contains(&byte);
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || special(byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key(text: &str) -> Result<String, FieldError> {
        Email::parse(text).map(|email| email.key())
    }

    #[test]
    fn acc_4_spellings_of_one_address_have_one_key() {
        for same in ["A@X.test", " a@x.test ", "ａ@ｘ．ｔｅｓｔ", "a@X。test"] {
            assert_eq!(key(same), Ok("a@x.test".to_owned()), "{same:?}");
        }
        assert_eq!(key("a@한빛.test"), key("a@xn--xx3br43b.test"));
        assert_eq!(Email::parse("Ha.Neul+1@HANBIT.test").unwrap().as_str(), "Ha.Neul+1@hanbit.test");
    }

    #[test]
    fn refuses_what_is_no_address() {
        for bad in [
            "a",
            "@x.test",
            "a@",
            "a@x",
            "a b@x.test",
            "a@x..test",
            ".a@x.test",
            "a.@x.test",
            "a..b@x.test",
            "a@-x.test",
            "a@x.test\r\nBcc: b@x.test",
            "a\0@x.test",
            "\"a\"@x.test",
            "a@b@x.test",
            "a@127.0.0.1",
            "a@x.test.",
            "하@x.test",
        ] {
            assert_eq!(Email::parse(bad), Err(FieldError::Invalid), "{bad:?}");
        }
        assert_eq!(Email::parse("  "), Err(FieldError::Blank));
        assert_eq!(Email::parse(&format!("a@{}test", "x.".repeat(130))), Err(FieldError::MaxLength));
    }

    #[test]
    fn acc_15_only_the_masked_form_is_printed() {
        let email = Email::parse("haneul@hanbit.test").unwrap();
        assert_eq!(format!("{email:?}"), "h***@hanbit.test");
    }

    proptest! {
        #[test]
        fn parsing_is_idempotent(text in "[a-zA-Zａ-ｚ.+]{1,12}@[a-zA-Z한글。.]{1,12}\\.test") {
            if let Ok(email) = Email::parse(&text) {
                prop_assert_eq!(Email::parse(email.as_str()), Ok(email.clone()));
                prop_assert_eq!(Email::parse(&email.key()).map(|again| again.key()), Ok(email.key()));
            }
        }

        #[test]
        fn nothing_panics(text in ".{0,60}") {
            let _ = Email::parse(&text);
        }
    }
}
