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
    let marked = matches!(single(headers, "x-madang-client"), Some(Some(value)) if value == "1");
    let origin = match single(headers, "origin") {
        None => true,
        Some(Some(origin)) => allowed(origin),
        Some(None) => false,
    };
    let site = match single(headers, "sec-fetch-site") {
        None => true,
        Some(Some(site)) => site == "same-origin" || site == "none",
        Some(None) => false,
    };
    if marked && origin && site { Ok(()) } else { Err(Code::CsrfRejected.into()) }
}

/// `None` when absent, `Some(None)` when repeated.
#[expect(clippy::option_option, reason = "absent and repeated are judged differently")]
fn single<'a>(headers: &'a HeaderMap, name: &str) -> Option<Option<&'a HeaderValue>> {
    let mut values = headers.get_all(name);
    let first = values.next()?;
    Some(if values.next().is_some() { None } else { Some(first) })
}
