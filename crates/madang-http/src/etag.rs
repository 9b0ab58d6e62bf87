//! Entity tags: strong, of the exact representation (RFC 9110 section 8.8.3).

use crate::viewer::Viewer;
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// Codings that compression may append to a tag.
const CODINGS: [&str; 3] = ["-gzip", "-br", "-zstd"];

/// The tag of these bytes, quotes included.
pub fn etag(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    format!("\"{}\"", URL_SAFE_NO_PAD.encode(&digest[..15]))
}

/// What `If-Match` asks of the item before it is changed.
///
/// Judged inside the unit, over the representation that GET would answer right now to the same caller.
#[derive(Clone, Debug)]
pub struct Precondition {
    asked: Asked,
    required: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Asked {
    Nothing,
    AnyState,
    OneOf(Vec<String>),
}

impl Precondition {
    /// The precondition of a request; one that is `required` fails when it is not asked for.
    pub(crate) fn of(headers: &HeaderMap, required: bool) -> Self {
        Self { asked: asked(headers, &header::IF_MATCH), required }
    }

    /// Whether the representation, made only when needed, is the one the caller has read.
    pub fn holds<R: Serialize>(&self, representation: impl FnOnce() -> R) -> bool {
        match &self.asked {
            Asked::Nothing => !self.required,
            Asked::AnyState => true,
            // Weak tags never match here: they do not promise the same bytes.
            Asked::OneOf(tags) => {
                let Ok(bytes) = serde_json::to_vec(&representation()) else { return false };
                let current = etag(&bytes);
                tags.iter().any(|tag| bare(tag) == current)
            }
        }
    }

    /// As [`holds`](Self::holds), of a representation with links of pictures, which are others after a while: whatever
    /// the viewer has seen within a day is recognised.
    pub(crate) fn holds_for<R: Serialize>(
        &self,
        viewer: &Viewer,
        representation: impl Fn(&Viewer) -> R,
    ) -> bool {
        match self.asked {
            Asked::OneOf(_) => viewer.and_earlier().any(|viewer| self.holds(|| representation(&viewer))),
            Asked::Nothing | Asked::AnyState => self.holds(|| representation(viewer)),
        }
    }

    /// Whether it fails for want of the header.
    pub(crate) fn is_missing(&self) -> bool {
        self.required && self.asked == Asked::Nothing
    }
}

/// Whether `If-None-Match` names `current`, weakly compared.
pub(crate) fn is_known(headers: &HeaderMap, current: &HeaderValue) -> bool {
    let Ok(current) = current.to_str() else { return false };
    match asked(headers, &header::IF_NONE_MATCH) {
        Asked::Nothing => false,
        Asked::AnyState => true,
        Asked::OneOf(tags) => tags.iter().any(|tag| bare(tag.strip_prefix("W/").unwrap_or(tag)) == current),
    }
}

/// The tag of a body that was compressed with `coding`.
pub(crate) fn coded(tag: &str, coding: &str) -> Option<String> {
    let opaque = tag.strip_prefix('"')?.strip_suffix('"')?;
    Some(format!("\"{opaque}-{coding}\""))
}

/// The tag without the coding that compression appended.
fn bare(tag: &str) -> String {
    let opaque = tag.strip_prefix('"').and_then(|tag| tag.strip_suffix('"'));
    match opaque.and_then(|opaque| CODINGS.iter().find_map(|coding| opaque.strip_suffix(coding))) {
        Some(opaque) => format!("\"{opaque}\""),
        None => tag.to_owned(),
    }
}

fn asked(headers: &HeaderMap, name: &header::HeaderName) -> Asked {
    let mut values = headers.get_all(name).peekable();
    if values.peek().is_none() {
        return Asked::Nothing;
    }
    // Our tags hold no comma, so a plain split never cuts one of them.
    let tags: Vec<String> = values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|tag| tag.trim().to_owned())
        .filter(|tag| !tag.is_empty())
        .collect();
    if tags.iter().any(|tag| tag == "*") { Asked::AnyState } else { Asked::OneOf(tags) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::{IF_MATCH, IF_NONE_MATCH};

    fn headers(name: header::HeaderName, values: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(name.clone(), HeaderValue::from_str(value).unwrap());
        }
        headers
    }

    fn holds(values: &[&str], required: bool) -> bool {
        Precondition::of(&headers(IF_MATCH, values), required).holds(|| "body")
    }

    #[test]
    fn if_match_takes_lists_stars_and_codings_but_no_weak_tags() {
        let tag = etag(b"\"body\"");
        assert!(holds(&[], false));
        assert!(!holds(&[], true));
        assert!(holds(&["*"], true));
        assert!(holds(&[&tag], true));
        assert!(holds(&[&format!("\"x\", {tag}")], false));
        assert!(holds(&["\"x\"", &tag], false));
        assert!(holds(&[&coded(&tag, "br").unwrap()], false));
        assert!(!holds(&[&format!("W/{tag}")], false));
        assert!(!holds(&["nonsense"], false));
        assert!(!holds(&[""], false));
    }

    #[test]
    fn if_none_match_compares_weakly() {
        let tag = etag(b"x");
        let current = HeaderValue::from_str(&tag).unwrap();
        let known = |values: &[&str]| is_known(&headers(IF_NONE_MATCH, values), &current);
        assert!(known(&[&tag]));
        assert!(known(&[&format!("W/{tag}")]));
        assert!(known(&[&format!("\"a\", W/{}", coded(&tag, "gzip").unwrap())]));
        assert!(known(&["*"]));
        assert!(!known(&["\"a\""]));
        assert!(!known(&[]));
    }
}
