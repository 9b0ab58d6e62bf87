//! A JSON reader that keeps the order of keys and refuses what serde would let through: repeated keys and deep nesting.

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// Deepest nesting of arrays and objects.
const DEPTH_MAX: usize = 32;

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// `null`.
    Null,
    /// A boolean.
    Bool(bool),
    /// A number without fraction or exponent that fits.
    Int(i64),
    /// Any other number.
    Float(f64),
    /// A text, as sent.
    Text(String),
    /// An array.
    List(Vec<Node>),
    /// An object; each key once, in the order of the body.
    Object(Vec<(String, Node)>),
}

/// Parses one whole JSON text.
///
/// # Errors
/// `None` for bad syntax, invalid UTF-8, a repeated key, nesting beyond [`DEPTH_MAX`], or anything after the value.
pub(crate) fn parse(bytes: &[u8]) -> Option<Node> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let node = Seed { depth: 0 }.deserialize(&mut reader).ok()?;
    reader.end().ok()?;
    Some(node)
}

struct Seed {
    depth: usize,
}

impl Seed {
    fn deeper<E: Error>(&self) -> Result<usize, E> {
        if self.depth < DEPTH_MAX { Ok(self.depth + 1) } else { Err(E::custom("nested too deeply")) }
    }
}

impl<'de> DeserializeSeed<'de> for Seed {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Int(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Node, E> {
        // Beyond i64 only the magnitude matters: it is refused as too large.
        Ok(i64::try_from(value).map_or(Node::Float(value as f64), Node::Int))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Node, E> {
        Ok(Node::Float(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Node, E> {
        Ok(Node::Text(value.to_owned()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Node, E> {
        Ok(Node::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Node, A::Error> {
        let depth = self.deeper()?;
        let mut list = Vec::new();
        while let Some(entry) = entries.next_element_seed(Seed { depth })? {
            list.push(entry);
        }
        Ok(Node::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Node, A::Error> {
        let depth = self.deeper()?;
        let mut object: Vec<(String, Node)> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        while let Some(key) = entries.next_key::<String>()? {
            if !seen.insert(key.clone()) {
                return Err(A::Error::custom("a key is repeated"));
            }
            object.push((key, entries.next_value_seed(Seed { depth })?));
        }
        Ok(Node::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn s_67_refuses_repeated_keys_depth_and_bad_bytes() {
        assert_eq!(parse(br#"{"a":1,"a":2}"#), None);
        assert_eq!(parse(br#"{"a":1,"\u0061":2}"#), None);
        assert!(parse(("[".repeat(32) + &"]".repeat(32)).as_bytes()).is_some());
        assert_eq!(parse(("[".repeat(33) + &"]".repeat(33)).as_bytes()), None);
        assert_eq!(parse("{\"a\":".repeat(200).as_bytes()), None);
        assert_eq!(parse(b"\"\xff\""), None);
        assert_eq!(parse(b"\"\\ud800\""), None);
        assert_eq!(parse(b"{} {}"), None);
        assert_eq!(parse(b""), None);
        assert_eq!(parse(b"\xef\xbb\xbf{}"), None);
        assert_eq!(parse(b"NaN"), None);
    }

    #[test]
    fn numbers_keep_their_kind() {
        assert_eq!(
            parse(b"[1, 1.5, 18446744073709551615]").map(|node| matches!(&node,
            Node::List(list) if matches!(list[..], [Node::Int(1), Node::Float(_), Node::Float(_)]))),
            Some(true)
        );
    }

    proptest! {
        #[test]
        fn agrees_with_serde_json_where_keys_are_unique(text in r#"[\[\]{}",:0-9a-c \\ntu.eE-]{0,40}"#) {
            if parse(text.as_bytes()).is_some() {
                prop_assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok());
            }
        }

        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = parse(&bytes);
        }
    }
}
