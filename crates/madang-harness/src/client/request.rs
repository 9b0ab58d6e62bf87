//! A request under construction.

use super::{Client, EventStream, Response};
use std::fmt::Write as _;

/// A request that is sent by [`send`](Self::send) or [`try_send`](Self::try_send).
#[must_use = "a request does nothing until it is sent"]
pub struct Request<'c> {
    client: &'c Client,
    method: String,
    path: String,
    headers: Vec<(String, String)>,
    body: Option<Vec<u8>>,
    cookies: bool,
    bearer: bool,
}

impl<'c> Request<'c> {
    pub(super) fn new(client: &'c Client, method: &str, path: &str) -> Self {
        let path = match path.strip_prefix("//") {
            Some(root) => format!("/{root}"),
            None if path.starts_with("http://") || path.starts_with("https://") => {
                path.splitn(4, '/').nth(3).map_or("/".to_owned(), |rest| format!("/{rest}"))
            }
            None => format!("/api/v1{path}"),
        };
        Self {
            client,
            method: method.to_owned(),
            path,
            headers: client.headers.clone(),
            body: None,
            cookies: true,
            bearer: true,
        }
    }

    /// Adds a header; the same name may be added again.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// `If-Match`.
    pub fn if_match(self, etag: &str) -> Self {
        self.header("if-match", etag)
    }

    /// A JSON body with its content type.
    pub fn json(self, body: &serde_json::Value) -> Self {
        self.body("application/json", body.to_string().into_bytes())
    }

    /// A body of any type.
    pub fn body(self, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let mut request = self.header("content-type", content_type);
        request.body = Some(body.into());
        request
    }

    /// A body without a content type.
    pub fn untyped_body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// Sends no cookies of the jar and keeps none of the answer.
    pub fn without_cookies(mut self) -> Self {
        self.cookies = false;
        self
    }

    /// Sends no token of the client.
    pub fn without_token(mut self) -> Self {
        self.bearer = false;
        self
    }

    /// Marks the call as one of our own script, as cookie routes demand.
    pub fn from_script(self) -> Self {
        self.header("x-madang-client", "1")
    }

    /// Sends and waits for the answer.
    ///
    /// # Panics
    /// When the server cannot be reached or answers something that is not HTTP.
    #[expect(clippy::panic, reason = "a test cannot go on without an answer")]
    pub fn send(self) -> Response {
        let asked = format!("{} {}", self.method, self.path);
        match self.try_send() {
            Ok(response) => response,
            Err(error) => panic!("{asked}: {error}"),
        }
    }

    /// Sends and waits for the answer.
    ///
    /// # Errors
    /// When the server cannot be reached or answers something that is not HTTP.
    pub fn try_send(self) -> std::io::Result<Response> {
        let mut reply = self.client.exchange(self.method == "HEAD", &self.bytes())?;
        if self.cookies {
            let mut jar = self.client.cookies();
            for (name, value) in &reply.headers {
                if name == "set-cookie" {
                    jar.take_over(value);
                }
            }
        }
        let body = std::mem::take(&mut reply.body);
        Ok(Response::new(format!("{} {}", self.method, self.path), reply, body))
    }

    /// Sends on a connection of its own and reads the events that come.
    ///
    /// # Panics
    /// When the server cannot be reached or answers something that is not HTTP.
    #[expect(clippy::panic, reason = "a test cannot go on without an answer")]
    pub fn stream(self) -> EventStream {
        let bytes = self.bytes();
        match EventStream::open(self.client.target, self.client.source, &bytes) {
            Ok(stream) => stream,
            Err(error) => panic!("{} {}: {error}", self.method, self.path),
        }
    }

    fn bytes(&self) -> Vec<u8> {
        let mut head = format!("{} {} HTTP/1.1\r\n", self.method, self.path);
        if !self.has("host") {
            // A String never refuses what is written to it.
            let _ = write!(head, "host: {}\r\n", self.client.target);
        }
        if let Some(token) = self.client.bearer.as_ref().filter(|_| self.bearer && !self.has("authorization"))
        {
            let _ = write!(head, "authorization: Bearer {token}\r\n");
        }
        if let Some(cookies) = self.client.cookies().header().filter(|_| self.cookies && !self.has("cookie"))
        {
            let _ = write!(head, "cookie: {cookies}\r\n");
        }
        for (name, value) in &self.headers {
            let _ = write!(head, "{name}: {value}\r\n");
        }
        if let Some(body) = &self.body {
            let _ = write!(head, "content-length: {}\r\n", body.len());
        } else if matches!(self.method.as_str(), "POST" | "PUT" | "PATCH") {
            head.push_str("content-length: 0\r\n");
        }
        head.push_str("\r\n");
        let mut bytes = head.into_bytes();
        bytes.extend_from_slice(self.body.as_deref().unwrap_or_default());
        bytes
    }

    fn has(&self, name: &str) -> bool {
        self.headers.iter().any(|(header, _)| header.eq_ignore_ascii_case(name))
    }
}
