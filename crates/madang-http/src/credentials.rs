//! The `Authorization` header (AUTH-6).

use actix_web::http::header::{self, HeaderMap};

/// Why there is no bearer token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CredentialError {
    /// No header, an empty one, or another scheme.
    Missing,
    /// The scheme `Token` of other frameworks.
    TokenScheme,
    /// More than one header.
    Repeated,
    /// The scheme is ours, but what follows cannot be a token.
    Invalid,
}

/// The bearer token of a request, not verified.
pub fn bearer(headers: &HeaderMap) -> Result<&str, CredentialError> {
    let mut values = headers.get_all(header::AUTHORIZATION);
    let value = values.next().ok_or(CredentialError::Missing)?;
    if values.next().is_some() {
        return Err(CredentialError::Repeated);
    }
    let (scheme, token) = split(value.as_bytes());
    if scheme.eq_ignore_ascii_case(b"token") {
        return Err(CredentialError::TokenScheme);
    }
    if !scheme.eq_ignore_ascii_case(b"bearer") || token.is_empty() {
        return Err(CredentialError::Missing);
    }
    // `b64token` of RFC 6750: anything else is no token, and need not be looked at further.
    match std::str::from_utf8(token) {
        Ok(token) if token.bytes().all(is_token_byte) => Ok(token),
        _ => Err(CredentialError::Invalid),
    }
}

fn split(value: &[u8]) -> (&[u8], &[u8]) {
    let value = value.trim_ascii();
    match value.iter().position(|byte| *byte == b' ') {
        Some(space) => (&value[..space], value[space..].trim_ascii()),
        None => (value, b""),
    }
}

fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'+' | b'/' | b'=')
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::{AUTHORIZATION, HeaderValue};
    use proptest::prelude::*;

    fn read(values: &[&[u8]]) -> Result<String, CredentialError> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(AUTHORIZATION, HeaderValue::from_bytes(value).unwrap());
        }
        bearer(&headers).map(str::to_owned)
    }

    #[test]
    fn auth_6_reads_one_bearer_and_nothing_else() {
        assert_eq!(read(&[b"bearer abc"]), Ok("abc".to_owned()));
        assert_eq!(read(&[b"BEARER  a.b-c_d"]), Ok("a.b-c_d".to_owned()));
        assert_eq!(read(&[]), Err(CredentialError::Missing));
        assert_eq!(read(&[b""]), Err(CredentialError::Missing));
        assert_eq!(read(&[b"Bearer"]), Err(CredentialError::Missing));
        assert_eq!(read(&[b"Bearer  "]), Err(CredentialError::Missing));
        assert_eq!(read(&[b"Basic abc"]), Err(CredentialError::Missing));
        assert_eq!(read(&[b"Token abc"]), Err(CredentialError::TokenScheme));
        assert_eq!(read(&[b"Bearer a b"]), Err(CredentialError::Invalid));
        assert_eq!(read(&[b"Bearer \xff\xfe"]), Err(CredentialError::Invalid));
        assert_eq!(read(&[b"Bearer a", b"Bearer a"]), Err(CredentialError::Repeated));
    }

    proptest! {
        #[test]
        fn auth_6_no_header_value_panics(bytes in proptest::collection::vec(0x20u8..=0xff, 0..200)) {
            if HeaderValue::from_bytes(&bytes).is_ok() && read(&[&bytes]).is_ok() {
                prop_assert!(bytes[..6].eq_ignore_ascii_case(b"bearer") || bytes[0] == b' ');
            }
        }
    }
}
