//! The language of an answer, from `Accept-Language`.

use actix_web::http::header::{self, HeaderMap};
use madang_domain::language::Language;

/// The best language that the caller accepts; English when none of ours is named.
pub(crate) fn language(headers: &HeaderMap) -> Language {
    let mut best = (0, Language::default());
    let ranges = headers
        .get_all(header::ACCEPT_LANGUAGE)
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','));
    for range in ranges {
        let mut parts = range.split(';');
        let tag = parts.next().unwrap_or_default().trim();
        let weight = parts.find_map(|part| part.trim().strip_prefix("q=")).map_or(Some(1000), permille);
        let (Some(weight), Some(language)) = (weight, offered(tag)) else { continue };
        // The first of equal weights wins.
        if weight > best.0 {
            best = (weight, language);
        }
    }
    best.1
}

fn offered(tag: &str) -> Option<Language> {
    let primary = tag.split('-').next()?.to_ascii_lowercase();
    if primary == "*" { Some(Language::default()) } else { Language::from_tag(&primary) }
}

/// A weight of RFC 9110 section 12.4.2 in thousandths.
fn permille(text: &str) -> Option<u16> {
    let weight: f32 = text.trim().parse().ok()?;
    if (0.0..=1.0).contains(&weight) { Some((weight * 1000.0) as u16) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::{ACCEPT_LANGUAGE, HeaderValue};
    use proptest::prelude::*;

    fn of(value: &str) -> Language {
        let mut headers = HeaderMap::new();
        headers.append(ACCEPT_LANGUAGE, HeaderValue::from_str(value).unwrap());
        language(&headers)
    }

    #[test]
    fn x_7_takes_the_best_of_ko_and_en() {
        assert_eq!(language(&HeaderMap::new()), Language::English);
        assert_eq!(of("ko"), Language::Korean);
        assert_eq!(of("ko-KR,en;q=0.8"), Language::Korean);
        assert_eq!(of("en;q=0.3, KO;q=0.5"), Language::Korean);
        assert_eq!(of("fr, ko;q=0.1"), Language::Korean);
        assert_eq!(of("ko;q=0"), Language::English);
        assert_eq!(of("de"), Language::English);
        assert_eq!(of("*"), Language::English);
        assert_eq!(of("ko;q=2"), Language::English);
    }

    proptest! {
        #[test]
        fn no_value_panics(value in "[ -~]{0,60}") {
            let _ = of(&value);
        }
    }
}
