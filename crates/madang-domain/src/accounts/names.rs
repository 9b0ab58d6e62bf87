//! The names of a user: what one logs in by, and what others see.

use crate::fold::{name_key, nfc};
use crate::policy::AccountsPolicy;
use crate::text::FieldError;

/// The name by which one logs in; never shown to others, never changed (ACC-2).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Username(String);

impl Username {
    /// Parses ASCII letters and digits within the configured length.
    pub fn parse(text: &str, policy: &AccountsPolicy) -> Result<Self, FieldError> {
        check_length(text, policy.username_min, policy.username_max)?;
        if !text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(FieldError::Invalid);
        }
        Ok(Self(text.to_owned()))
    }

    /// A username as it was stored.
    pub fn stored(text: String) -> Self {
        Self(text)
    }

    /// As it was written at sign-up.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is unique.
    pub fn key(&self) -> String {
        name_key(&self.0)
    }
}

/// The name that others see on named items (ACC-3).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Nickname(String);

impl Nickname {
    /// Parses letters and digits of any script within the configured length. Reserved words and what looks like the label
    /// of an anonymous author are refused.
    pub fn parse(text: &str, policy: &AccountsPolicy) -> Result<Self, FieldError> {
        let text = nfc(text);
        check_length(&text, policy.nickname_min, policy.nickname_max)?;
        if !text.chars().all(|c| c.is_alphanumeric() && !is_blank_letter(c)) {
            return Err(FieldError::Invalid);
        }
        let key = name_key(&text);
        if looks_anonymous(&key) || policy.reserved_nicknames.iter().any(|word| name_key(word) == key) {
            return Err(FieldError::NotAllowed);
        }
        Ok(Self(text))
    }

    /// A nickname as it was stored.
    pub fn stored(text: String) -> Self {
        Self(text)
    }

    /// As its holder wrote it, in NFC.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is unique until the holder is purged.
    pub fn key(&self) -> String {
        name_key(&self.0)
    }
}

fn check_length(text: &str, min: usize, max: usize) -> Result<(), FieldError> {
    if text.trim().is_empty() {
        return Err(FieldError::Blank);
    }
    match text.chars().count() {
        n if n < min => Err(FieldError::MinLength),
        n if n > max => Err(FieldError::MaxLength),
        _ => Ok(()),
    }
}

/// Letters by their Unicode category, but drawn as nothing.
fn is_blank_letter(c: char) -> bool {
    matches!(c, '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{3164}' | '\u{ffa0}')
}

/// Whether a folded nickname could be taken for the label of an anonymous or withdrawn author in either language.
fn looks_anonymous(key: &str) -> bool {
    let Some(rest) = ["익명", "anonymous"].iter().find_map(|label| key.strip_prefix(label)) else {
        return ["글쓴이", "작성자", "탈퇴한사용자", "withdrawn"].contains(&key);
    };
    rest.chars().all(char::is_numeric) || ["글쓴이", "작성자"].contains(&rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn username(text: &str) -> Result<Username, FieldError> {
        Username::parse(text, &AccountsPolicy::default())
    }

    fn nickname(text: &str) -> Result<Nickname, FieldError> {
        Nickname::parse(text, &AccountsPolicy::default())
    }

    #[test]
    fn acc_2_usernames_are_ascii_letters_and_digits() {
        assert!(username("abcd").is_ok() && username(&"a1".repeat(10)).is_ok());
        assert_eq!(username("abc"), Err(FieldError::MinLength));
        assert_eq!(username(&"a".repeat(21)), Err(FieldError::MaxLength));
        for bad in ["ａｌｉｃｅ", "al ice", "alice!", "ali\0ce", "하늘하늘", "a@b.test"] {
            assert_eq!(username(bad), Err(FieldError::Invalid), "{bad:?}");
        }
        assert_eq!(username("    "), Err(FieldError::Blank));
    }

    #[test]
    fn acc_2_usernames_collide_after_case_folding() {
        assert_eq!(username("Alice").unwrap().key(), username("aLICE").unwrap().key());
        assert_eq!(username("Alice").unwrap().as_str(), "Alice");
    }

    #[test]
    fn acc_3_nicknames_are_letters_and_digits_of_any_script() {
        for good in ["하늘", "ab", "하늘2026", "Ñandú", "東京", "\u{1112}\u{1161}\u{11ab}글"] {
            assert!(nickname(good).is_ok(), "{good:?}");
        }
        for bad in ["하 늘", "a.b", "하늘!", "\u{3164}\u{3164}", "a\u{200b}b", "하늘\n"] {
            assert_eq!(nickname(bad), Err(FieldError::Invalid), "{bad:?}");
        }
        assert_eq!(nickname("하"), Err(FieldError::MinLength));
        assert_eq!(nickname(&"가".repeat(11)), Err(FieldError::MaxLength));
    }

    #[test]
    fn acc_3_reserved_words_and_anonymous_labels_are_not_allowed() {
        for bad in [
            "Admin",
            "ＡＤＭＩＮ",
            "운영자",
            "익명",
            "익명12",
            "익명글쓴이",
            "Anonymous",
            "ANONYMOUS3",
            "글쓴이",
        ] {
            assert_eq!(nickname(bad), Err(FieldError::NotAllowed), "{bad:?}");
        }
        assert!(nickname("익명의새").is_ok());
    }
}
