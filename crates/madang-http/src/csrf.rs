//! Whether a request that carries the refresh cookie comes from a page of ours (AUTH-11).

use crate::api::Api;
use crate::cookies::Cookies;
use crate::problem::{Code, Problem};
use actix_web::http::header::{HeaderMap, HeaderValue};

/// Judges a request to a cookie route; without the cookie there is nothing to protect.
pub(crate) fn check(api: &Api, headers: &HeaderMap) -> Result<(), Problem> {
    if !Cookies::of(api).has_refresh(headers) {
        return Ok(());
    }
    let allowed = |origin: &HeaderValue| {
        origin.to_str().is_ok_and(|origin| {
            origin == api.own_origin() || api.settings.allowed_origins.iter().any(|known| known == origin)
        })
    };
    let header = |name| single(headers, name);
    let marked = matches!(header("x-madang-client"), Ok(Some(value)) if value == "1");
    let origin = header("origin").is_ok_and(|origin| origin.is_none_or(allowed));
    let site = header("sec-fetch-site")
        .is_ok_and(|site| site.is_none_or(|site| site == "same-origin" || site == "none"));
    if marked && origin && site { Ok(()) } else { Err(Code::CsrfRejected.into()) }
}

/// A header was sent more than once.
struct Repeated;

fn single<'a>(headers: &'a HeaderMap, name: &str) -> Result<Option<&'a HeaderValue>, Repeated> {
    let mut values = headers.get_all(name);
    let first = values.next();
    if values.next().is_some() { Err(Repeated) } else { Ok(first) }
}
