//! Cursors of feeds: a position, sealed to the list it was made for.
//!
//! A cursor holds nothing but the immutable key of a row. The seal covers the path, the filters and the order, so that a
//! cursor works in no other list and cannot be made up. It is not bound to the user: the list itself shows each caller
//! only what the caller may see.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::DateTime;
use hmac::{Hmac, KeyInit, Mac};
use madang_domain::paging::{From, Position};
use sha2::Sha256;
use uuid::Uuid;

const VERSION: u8 = 1;
const SEAL: usize = 16;
const BODY: usize = 1 + 1 + 8 + 16;

/// The key of the seals; the same on every node, or feeds break between them.
#[derive(Clone)]
pub struct CursorKey(Hmac<Sha256>);

/// Which way a cursor reads on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Towards the end of the list.
    Next,
    /// Back towards its beginning.
    Previous,
}

impl std::fmt::Debug for CursorKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CursorKey")
    }
}

impl CursorKey {
    /// A key from 32 secret bytes.
    pub fn new(secret: &[u8; 32]) -> Self {
        // HMAC takes keys of any length; the fallback can never be reached.
        Self(Hmac::new_from_slice(secret).unwrap_or_else(|_| Hmac::new(&Default::default())))
    }

    /// The cursor of `position` in the list described by `list`.
    pub fn seal(&self, list: &str, direction: Direction, position: Position) -> String {
        let mut bytes = Vec::with_capacity(BODY + SEAL);
        bytes.push(VERSION);
        bytes.push(match direction {
            Direction::Next => 0,
            Direction::Previous => 1,
        });
        bytes.extend_from_slice(&position.at.timestamp_micros().to_be_bytes());
        bytes.extend_from_slice(position.id.as_bytes());
        let tag = self.mac(list, &bytes).finalize().into_bytes();
        bytes.extend_from_slice(&tag[..SEAL]);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Where to read on, if `cursor` was sealed for `list`.
    pub fn open(&self, list: &str, cursor: &str) -> Option<From> {
        let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
        let (body, tag) = bytes.split_at_checked(BODY)?;
        if tag.len() != SEAL {
            return None;
        }
        self.mac(list, body).verify_truncated_left(tag).ok()?;
        let (head, id) = body.split_at(10);
        let at = DateTime::from_timestamp_micros(i64::from_be_bytes(head[2..].try_into().ok()?))?;
        let position = Position { at, id: Uuid::from_slice(id).ok()? };
        match (head[0], head[1]) {
            (VERSION, 0) => Some(From::After(position)),
            (VERSION, 1) => Some(From::Before(position)),
            _ => None,
        }
    }

    fn mac(&self, list: &str, body: &[u8]) -> Hmac<Sha256> {
        let mut mac = self.0.clone();
        mac.update(b"madang cursor\0");
        mac.update(&(list.len() as u64).to_be_bytes());
        mac.update(list.as_bytes());
        mac.update(body);
        mac
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn position(micros: i64, id: u128) -> Position {
        Position { at: DateTime::from_timestamp_micros(micros).unwrap(), id: Uuid::from_u128(id) }
    }

    proptest! {
        #[test]
        fn s_66_a_cursor_opens_in_its_own_list_only(micros in 0i64..4_000_000_000_000_000, id: u128) {
            let key = CursorKey::new(&[7; 32]);
            let position = position(micros, id);
            let cursor = key.seal("/posts?a=b", Direction::Next, position);
            prop_assert_eq!(key.open("/posts?a=b", &cursor), Some(From::After(position)));
            prop_assert_eq!(key.open("/posts?a=c", &cursor), None);
            prop_assert_eq!(CursorKey::new(&[8; 32]).open("/posts?a=b", &cursor), None);
            let back = key.seal("/posts?a=b", Direction::Previous, position);
            prop_assert_eq!(key.open("/posts?a=b", &back), Some(From::Before(position)));
        }

        #[test]
        fn s_66_any_changed_byte_is_noticed(at in 0usize..56, byte in "[A-Za-z0-9_-]") {
            let key = CursorKey::new(&[7; 32]);
            let cursor = key.seal("/posts", Direction::Next, position(1_000_000, 5));
            prop_assert_eq!(cursor.len(), 56);
            let mut changed = cursor.clone();
            changed.replace_range(at..=at, &byte);
            prop_assert_eq!(key.open("/posts", &changed).is_some(), changed == cursor);
        }

        #[test]
        fn no_text_panics(text in ".{0,80}") {
            prop_assert_eq!(CursorKey::new(&[7; 32]).open("/posts", &text), None);
        }
    }
}
