//! The refresh cookie (AUTH-7), read on its raw name and written with fixed attributes.

use crate::api::Api;
use crate::problem::{Code, Problem};
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use chrono::TimeDelta;

/// The names and attributes of our cookies under one public URL.
#[derive(Clone, Copy, Debug)]
pub struct Cookies {
    plain: bool,
}

/// A cookie of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CookieName {
    /// Holds a refresh token.
    Refresh,
    /// Holds the mark of a device that has logged in before.
    Device,
}

impl Cookies {
    /// The cookies of `api`: with the `__Host-` prefix and `Secure`, unless the public URL is plain HTTP on the local
    /// host.
    pub fn of(api: &Api) -> Self {
        Self { plain: api.is_plain_http() }
    }

    fn name(self, cookie: CookieName) -> &'static str {
        match (cookie, self.plain) {
            (CookieName::Refresh, false) => "__Host-madang_refresh",
            (CookieName::Refresh, true) => "madang_refresh",
            (CookieName::Device, false) => "__Host-madang_device",
            (CookieName::Device, true) => "madang_device",
        }
    }

    /// The value of a cookie.
    ///
    /// The name is compared byte by byte: a percent-encoded name is another cookie, which a foreign subdomain could set.
    ///
    /// # Errors
    /// `malformed_request` when it is sent twice.
    pub fn read(self, cookie: CookieName, headers: &HeaderMap) -> Result<Option<&str>, Problem> {
        let mut found = headers
            .get_all(header::COOKIE)
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .filter(|(name, _)| *name == self.name(cookie))
            .map(|(_, value)| value);
        let value = found.next();
        if found.next().is_some() { Err(Code::MalformedRequest.into()) } else { Ok(value) }
    }

    /// Whether the refresh cookie is sent at all, once or more.
    pub(crate) fn has_refresh(self, headers: &HeaderMap) -> bool {
        !matches!(self.read(CookieName::Refresh, headers), Ok(None))
    }

    /// The `Set-Cookie` value that stores `value` for `life`.
    ///
    /// # Errors
    /// `internal_error` when the value cannot stand in a header; ours always can.
    pub fn set(self, cookie: CookieName, value: &str, life: TimeDelta) -> Result<HeaderValue, Problem> {
        let secure = if self.plain { "" } else { "; Secure" };
        let line = format!(
            "{}={value}; Path=/; Max-Age={}; HttpOnly; SameSite=Strict{secure}",
            self.name(cookie),
            life.num_seconds().max(0)
        );
        HeaderValue::from_str(&line).map_err(Problem::internal)
    }

    /// The `Set-Cookie` value that makes the browser forget the cookie.
    pub fn clear(self, cookie: CookieName) -> HeaderValue {
        self.set(cookie, "", TimeDelta::zero()).unwrap_or(HeaderValue::from_static(""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::COOKIE;
    use proptest::prelude::*;

    const SECURE: Cookies = Cookies { plain: false };

    fn read(lines: &[&str]) -> Result<Option<String>, Code> {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(COOKIE, HeaderValue::from_str(line).unwrap());
        }
        SECURE
            .read(CookieName::Refresh, &headers)
            .map(|value| value.map(str::to_owned))
            .map_err(|problem| problem.code())
    }

    #[test]
    fn s_21_one_cookie_of_the_raw_name() {
        assert_eq!(read(&[]), Ok(None));
        assert_eq!(read(&["a=b; __Host-madang_refresh=x"]), Ok(Some("x".to_owned())));
        assert_eq!(read(&["%5F%5FHost-madang_refresh=x"]), Ok(None));
        assert_eq!(read(&["__host-madang_refresh=x"]), Ok(None));
        assert_eq!(read(&["madang_refresh=x"]), Ok(None));
        assert_eq!(read(&["__Host-madang_refresh=x; __Host-madang_refresh=y"]), Err(Code::MalformedRequest));
        assert_eq!(
            read(&["__Host-madang_refresh=x", "__Host-madang_refresh=x"]),
            Err(Code::MalformedRequest)
        );
    }

    #[test]
    fn auth_7_attributes() {
        let line = SECURE.set(CookieName::Refresh, "v", TimeDelta::days(1)).unwrap();
        assert_eq!(line, "__Host-madang_refresh=v; Path=/; Max-Age=86400; HttpOnly; SameSite=Strict; Secure");
        let plain = Cookies { plain: true }.clear(CookieName::Refresh);
        assert_eq!(plain, "madang_refresh=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict");
    }

    proptest! {
        #[test]
        fn no_cookie_header_panics(line in "[ -~]{0,80}") {
            let _ = read(&[&line]);
        }
    }
}
