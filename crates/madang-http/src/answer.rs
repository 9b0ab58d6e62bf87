//! An answer as a value: made inside or outside a unit of work, stored for repeats, turned into bytes once.

mod pieces;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::web::Bytes;
use pieces::Pieces;
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc::Receiver;

/// A whole answer.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers, each name once unless it is `Set-Cookie`.
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// The body; empty for none.
    pub body: Bytes,
    stream: Option<Pieces>,
    secret: bool,
}

/// An answer as it is kept for a repeated request.
#[derive(Serialize, Deserialize)]
struct Kept {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
}

impl Answer {
    /// An answer without a body.
    pub fn empty(status: StatusCode) -> Self {
        Self { status, headers: Vec::new(), body: Bytes::new(), stream: None, secret: false }
    }

    /// 204.
    pub fn no_content() -> Self {
        Self::empty(StatusCode::NO_CONTENT)
    }

    /// A JSON body. Serialising our own types cannot fail; if it does, the answer is a bare 500.
    pub fn json(status: StatusCode, body: &impl Serialize) -> Self {
        match serde_json::to_vec(body) {
            Ok(bytes) => Self::bytes(status, HeaderValue::from_static("application/json"), bytes),
            Err(error) => {
                tracing::error!(%error, "an answer could not be written");
                Self::empty(StatusCode::INTERNAL_SERVER_ERROR)
            }
        }
    }

    /// A body of another type.
    pub fn bytes(status: StatusCode, content_type: HeaderValue, body: impl Into<Bytes>) -> Self {
        let headers = vec![(header::CONTENT_TYPE, content_type)];
        Self { headers, body: body.into(), ..Self::empty(status) }
    }

    /// A body that comes piece by piece, each sent as it comes; it ends when the sender is dropped.
    pub fn stream(status: StatusCode, content_type: HeaderValue, pieces: Receiver<Bytes>) -> Self {
        let headers = vec![(header::CONTENT_TYPE, content_type)];
        Self { headers, stream: Some(Pieces::new(pieces)), ..Self::empty(status) }
    }

    /// Sets a header; `Set-Cookie` is added, any other replaced.
    #[must_use]
    pub fn with(mut self, name: HeaderName, value: HeaderValue) -> Self {
        if name != header::SET_COOKIE {
            self.headers.retain(|(present, _)| *present != name);
        }
        self.headers.push((name, value));
        self
    }

    /// Marks an answer that carries secrets: `no-store`, never compressed, never kept for repeats.
    #[must_use]
    pub fn secret(mut self) -> Self {
        self.secret = true;
        self.with(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))
            .with(header::CONTENT_ENCODING, HeaderValue::from_static("identity"))
    }

    /// Whether the answer carries secrets.
    pub fn is_secret(&self) -> bool {
        self.secret
    }

    /// The first header of this name.
    pub fn header(&self, name: &HeaderName) -> Option<&HeaderValue> {
        self.headers.iter().find(|(present, _)| present == name).map(|(_, value)| value)
    }

    /// The form in which the answer is kept.
    pub(crate) fn to_kept(&self) -> Option<Vec<u8>> {
        let headers = self
            .headers
            .iter()
            .map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned())))
            .collect::<Option<_>>()?;
        let body = String::from_utf8(self.body.to_vec()).ok()?;
        serde_json::to_vec(&Kept { status: self.status.as_u16(), headers, body }).ok()
    }

    /// The answer from the form in which it was kept.
    pub(crate) fn from_kept(kept: &[u8]) -> Option<Self> {
        let kept: Kept = serde_json::from_slice(kept).ok()?;
        let headers = kept
            .headers
            .into_iter()
            .map(|(name, value)| Some((name.parse().ok()?, HeaderValue::from_str(&value).ok()?)))
            .collect::<Option<_>>()?;
        let status = StatusCode::from_u16(kept.status).ok()?;
        Some(Self { headers, body: kept.body.into(), ..Self::empty(status) })
    }

    pub(crate) fn into_response(self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status);
        for header in self.headers {
            response.append_header(header);
        }
        match self.stream.and_then(Pieces::take) {
            Some(pieces) => response.body(pieces),
            None => response.body(self.body),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn con_11_a_kept_answer_comes_back_as_it_was() {
        let answer =
            Answer::json(StatusCode::CREATED, &"마당").with(header::ETAG, HeaderValue::from_static("\"a\""));
        let back = Answer::from_kept(&answer.to_kept().unwrap()).unwrap();
        assert_eq!((back.status, &back.headers, &back.body), (answer.status, &answer.headers, &answer.body));
    }
}
