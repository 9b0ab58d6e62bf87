//! A trailing slash is taken without a redirect, one of them: no other path than that of the contract is.

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Uri;
use actix_web::middleware::Next;

/// Takes one slash off the end of the path. The framework's own middleware would merge doubled ones as well.
pub(crate) async fn trim<B: MessageBody>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    if let Some(uri) = trimmed(request.uri()) {
        request.match_info_mut().get_mut().update(&uri);
        request.head_mut().uri = uri;
    }
    next.call(request).await
}

/// The address without its trailing slash, if it has one to take off.
fn trimmed(uri: &Uri) -> Option<Uri> {
    let rest = uri.path().strip_suffix('/').filter(|rest| !rest.is_empty() && !rest.ends_with('/'))?;
    let rest = match uri.query() {
        Some(query) => format!("{rest}?{query}"),
        None => rest.to_owned(),
    };
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(rest.parse().ok()?);
    Uri::from_parts(parts).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn x_9_one_slash_is_taken_off_and_no_more() {
        let said = |text: &'static str| trimmed(&Uri::from_static(text)).map(|uri| uri.to_string());
        assert_eq!(said("/api/v1/leads/").as_deref(), Some("/api/v1/leads"));
        assert_eq!(said("/api/v1/leads/?page=2").as_deref(), Some("/api/v1/leads?page=2"));
        assert_eq!(said("/api//v1/leads/").as_deref(), Some("/api//v1/leads"));
        for text in ["/", "//", "/api/v1/leads", "/api/v1/leads//", "/api/v1//leads", "/?next=/a/"] {
            assert_eq!(said(text), None, "{text}");
        }
    }
}
