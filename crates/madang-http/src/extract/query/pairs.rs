//! A query string as decoded pairs.

/// The parameters of a request, decoded, each name once, in the order sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Pairs(Vec<(String, String)>);

impl Pairs {
    /// Decodes a query string. `None` for a bad escape, bytes that are not UTF-8, or a repeated name.
    pub(crate) fn parse(query: &str) -> Option<Self> {
        let mut pairs: Vec<(String, String)> = Vec::new();
        for part in query.split('&').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let name = decode(name)?;
            if pairs.iter().any(|(present, _)| *present == name) {
                return None;
            }
            pairs.push((name, decode(value)?));
        }
        Some(Self(pairs))
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.iter().find(|(present, _)| *present == name).map(|(_, value)| value)
    }

    /// What a list is, for its cursors: the path, and every parameter that says which rows come in which order.
    pub(crate) fn identity(&self, path: &str) -> String {
        let mut pairs: Vec<_> =
            self.iter().filter(|(name, _)| !matches!(*name, "cursor" | "limit")).collect();
        pairs.sort_unstable();
        format!("{path}?{}", encode(pairs.into_iter()))
    }

    /// The query string with `name` set to `value`, or taken out.
    pub(crate) fn with(&self, name: &str, value: Option<&str>) -> String {
        encode(self.iter().filter(|(present, _)| *present != name).chain(value.map(|value| (name, value))))
    }
}

fn encode<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let mut query = String::new();
    for (name, value) in pairs {
        if !query.is_empty() {
            query.push('&');
        }
        encode_into(&mut query, name);
        query.push('=');
        encode_into(&mut query, value);
    }
    query
}

fn encode_into(query: &mut String, text: &str) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b',' | b':') {
            query.push(char::from(byte));
        } else {
            query.push('%');
            query.push(char::from(HEX[usize::from(byte >> 4)]));
            query.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
}

fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => hex(rest.next()?)? << 4 | hex(rest.next()?)?,
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn refuses_repeats_bad_escapes_and_bad_bytes() {
        assert_eq!(Pairs::parse("a=1&a=2"), None);
        assert_eq!(Pairs::parse("a=1&%61=2"), None);
        assert_eq!(Pairs::parse("a=%f"), None);
        assert_eq!(Pairs::parse("a=%zz"), None);
        assert_eq!(Pairs::parse("a=%ff"), None);
        assert_eq!(Pairs::parse("a=x+y%2B").unwrap().value("a"), Some("x y+"));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(pairs in proptest::collection::btree_map("[a-z_]{1,8}", ".{0,12}", 0..5)) {
            let written = encode(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())));
            let read = Pairs::parse(&written).unwrap();
            let expected: Vec<_> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            prop_assert_eq!(read.iter().collect::<Vec<_>>(), expected);
        }

        #[test]
        fn no_query_panics(query in "\\PC{0,60}") {
            let _ = Pairs::parse(&query);
        }
    }
}
