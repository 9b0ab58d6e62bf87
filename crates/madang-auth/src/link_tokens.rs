//! The text form of the secret that a mailed link holds.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use madang_domain::outbox::LinkSecret;

const CHARS: usize = 43;

/// Reads what a link held, 43 characters of base64url; `None` when it is of another form.
pub fn parse(text: &str) -> Option<LinkSecret> {
    let mut bytes = [0; 32];
    let read = URL_SAFE_NO_PAD.decode_slice(text, &mut bytes).ok()?;
    (text.len() == CHARS && read == bytes.len()).then_some(LinkSecret(bytes))
}

/// Writes what a link holds.
pub fn text(secret: &LinkSecret) -> String {
    URL_SAFE_NO_PAD.encode(secret.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(bytes: [u8; 32]) -> String {
        super::text(&LinkSecret(bytes))
    }

    #[test]
    fn other_forms_are_no_links() {
        let text = text([7; 32]);
        assert_eq!(parse(&text).map(|secret| secret.0), Some([7; 32]));
        for wrong in ["", "a", &text[1..], &format!("{text}="), &format!("{text}A"), &text.replace('B', " ")]
        {
            assert!(parse(wrong).is_none(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn s_41_any_changed_byte_is_another_link(bytes: [u8; 32], at in 0usize..CHARS, to in "[A-Za-z0-9_-]") {
            let mut changed = text(bytes);
            changed.replace_range(at..=at, &to);
            let same = parse(&changed).is_some_and(|secret| secret.0 == bytes);
            prop_assert_eq!(same, changed == text(bytes));
        }

        #[test]
        fn the_parser_takes_anything(text in ".{0,60}") {
            let _ = parse(&text);
        }
    }
}
