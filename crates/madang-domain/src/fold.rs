//! The one folding of text: what filters, search and uniqueness compare.

use caseless::Caseless;
use unicode_normalization::UnicodeNormalization;

/// Normalises to NFC, the form in which all text is stored.
pub fn nfc(text: &str) -> String {
    text.nfc().collect()
}

/// Folds for comparison: NFC, full-width forms to ASCII, full case folding (Unicode 3.13), NFC again. Not NFKC, which
/// would turn the compatibility initials ㅅㅎ into conjoining ones. Idempotent.
pub fn fold(text: &str) -> String {
    text.nfc().map(narrow).default_case_fold().nfc().collect()
}

/// Folds a name that must be unique: NFKC and case folding, so that look-alike widths collide (usernames, e-mails).
pub fn name_key(text: &str) -> String {
    text.nfkc().default_case_fold().nfkc().collect()
}

/// Folds runs of white space to one space and trims, after [`fold`]: what "the same text" means (POST-3).
pub fn fold_spaces(text: &str) -> String {
    fold(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn narrow(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn folds_case_width_and_composition_but_keeps_initials() {
        assert_eq!(fold("ＡＢc"), "abc");
        assert_eq!(fold("Straße"), "strasse");
        assert_eq!(fold("\u{1112}\u{1161}\u{11ab}"), "한");
        assert_eq!(fold("ㅅㅎ"), "ㅅㅎ");
        assert_eq!(fold_spaces(" 가  나\n다 "), "가 나 다");
        assert_eq!(name_key("Ａlice"), "alice");
    }

    proptest! {
        #[test]
        fn folding_is_idempotent(text in ".{0,40}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn name_keys_are_idempotent(text in ".{0,40}") {
            let once = name_key(&text);
            prop_assert_eq!(name_key(&once), once);
        }
    }
}
