//! Texts that the server speaks, in Korean and English, from the Fluent files of `locales/`.

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader, static_loader};
use madang_domain::language::Language;
use std::borrow::Cow;
use std::collections::HashMap;

static_loader! {
    static LOCALES = {
        locales: "./locales",
        fallback_language: "en",
        // Without this, arguments come wrapped in invisible direction marks, and comparisons break.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

static ENGLISH: LanguageIdentifier = fluent_templates::langid!("en");
static KOREAN: LanguageIdentifier = fluent_templates::langid!("ko");

/// The text of `key`, `message` or `message.attribute`.
pub fn text(language: Language, key: &str) -> String {
    LOCALES.try_lookup(identifier(language), key).unwrap_or_else(|| key.to_owned())
}

/// The text of `key` with a number put in as `$number`.
pub fn text_with_number(language: Language, key: &str, number: i64) -> String {
    let args = HashMap::from([(Cow::Borrowed("number"), FluentValue::from(number.to_string()))]);
    LOCALES.try_lookup_with_args(identifier(language), key, &args).unwrap_or_else(|| key.to_owned())
}

/// The text of `key` with somebody's name put in as `$name`.
pub fn text_with_name(language: Language, key: &str, name: &str) -> String {
    let args = HashMap::from([(Cow::Borrowed("name"), FluentValue::from(name))]);
    LOCALES.try_lookup_with_args(identifier(language), key, &args).unwrap_or_else(|| key.to_owned())
}

fn identifier(language: Language) -> &'static LanguageIdentifier {
    match language {
        Language::English => &ENGLISH,
        Language::Korean => &KOREAN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Code;
    use std::collections::BTreeSet;

    fn keys(file: &str) -> BTreeSet<&str> {
        file.lines().filter_map(|line| line.split_once('=')).map(|(key, _)| key.trim()).collect()
    }

    #[test]
    fn x_7_both_languages_have_the_same_texts() {
        let pairs = [
            (include_str!("../locales/en/problems.ftl"), include_str!("../locales/ko/problems.ftl")),
            (include_str!("../locales/en/fields.ftl"), include_str!("../locales/ko/fields.ftl")),
            (include_str!("../locales/en/labels.ftl"), include_str!("../locales/ko/labels.ftl")),
            (include_str!("../locales/en/notices.ftl"), include_str!("../locales/ko/notices.ftl")),
        ];
        for (english, korean) in pairs {
            assert_eq!(keys(english), keys(korean));
        }
    }

    #[test]
    fn x_7_every_code_has_a_title_and_a_detail_in_both_languages() {
        for code in Code::ALL {
            for language in [Language::English, Language::Korean] {
                for key in [code.slug().to_owned(), format!("{}.detail", code.slug())] {
                    assert_ne!(text(language, &key), key);
                }
            }
        }
    }

    #[test]
    fn numbers_stand_bare() {
        assert_eq!(text_with_number(Language::English, "anonymous-numbered", 1234), "Anonymous 1234");
        assert_eq!(text_with_number(Language::Korean, "anonymous-numbered", 3), "익명 3");
    }
}
