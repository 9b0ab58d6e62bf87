//! The texts of letters, from `locales/<language>/mail.ftl`.

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader};
use madang_domain::language::Language;
use std::borrow::Cow;
use std::collections::HashMap;

fluent_templates::static_loader! {
    static TEXTS = {
        locales: "./locales",
        fallback_language: "en",
        // Isolation marks around arguments are for mixed scripts on a screen; in a mail they would be copied along.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// What a text may speak of.
pub(crate) struct Arguments(HashMap<Cow<'static, str>, FluentValue<'static>>);

impl Arguments {
    pub(crate) fn new(username: &str, minutes: i64) -> Self {
        Self(HashMap::from([
            (Cow::Borrowed("username"), FluentValue::from(username.to_owned())),
            (Cow::Borrowed("minutes"), FluentValue::from(minutes)),
        ]))
    }
}

/// The text `key`; `None` when no language has it.
pub(crate) fn text(language: Language, key: &str, arguments: &Arguments) -> Option<String> {
    let language: LanguageIdentifier = language.tag().parse().ok()?;
    TEXTS.try_lookup_with_args(&language, key, &arguments.0)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    #[test]
    fn both_languages_have_the_same_texts() {
        let keys = |text: &'static str| -> BTreeSet<&str> {
            text.lines()
                .filter(|line| !line.starts_with([' ', '#']))
                .filter_map(|line| line.split_once(" ="))
                .map(|(key, _)| key)
                .collect()
        };
        let korean = keys(include_str!("../locales/ko/mail.ftl"));
        assert_eq!(korean, keys(include_str!("../locales/en/mail.ftl")));
        assert!(!korean.is_empty());
    }
}
