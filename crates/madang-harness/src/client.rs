//! An HTTP client that hides nothing: any header any number of times, raw cookies, any source address on the loopback
//! network. It speaks HTTP/1.1 over a plain socket, keeps one connection, and blocks.

mod cookies;
mod events;
mod request;
mod response;
mod wire;

pub use cookies::Jar;
pub use events::{EventStream, Frame};
pub use request::Request;
pub use response::{Problem, Response};
pub use wire::Reply;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use wire::Connection;

/// One caller of one server: where it calls, from which address, with which token and cookies.
///
/// Clones share the connection and the cookies, as the tabs of one browser do.
#[derive(Clone)]
pub struct Client {
    target: SocketAddr,
    source: IpAddr,
    bearer: Option<String>,
    headers: Vec<(String, String)>,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    connection: Mutex<Option<Connection>>,
    jar: Mutex<Jar>,
}

impl Client {
    /// A caller without credentials.
    pub fn new(target: SocketAddr) -> Self {
        Self {
            target,
            source: Ipv4Addr::LOCALHOST.into(),
            bearer: None,
            headers: Vec::new(),
            state: Arc::default(),
        }
    }

    /// The same caller from another machine: an address of the loopback network, with its own connection and cookies.
    pub fn from_address(&self, source: [u8; 4]) -> Self {
        Self { source: Ipv4Addr::from(source).into(), state: Arc::default(), ..self.clone() }
    }

    /// The same caller with a connection of its own and no cookies: another device.
    pub fn other_device(&self) -> Self {
        Self { state: Arc::default(), ..self.clone() }
    }

    /// The same caller at another node, with a connection of its own and no cookies.
    pub fn at(&self, target: SocketAddr) -> Self {
        Self { target, ..self.other_device() }
    }

    /// The same browser with this access token.
    pub fn with_token(&self, token: impl Into<String>) -> Self {
        Self { bearer: Some(token.into()), ..self.clone() }
    }

    /// The same browser without a token.
    pub fn without_token(&self) -> Self {
        Self { bearer: None, ..self.clone() }
    }

    /// The same caller, sending this header with each request.
    pub fn with_header(&self, name: &str, value: &str) -> Self {
        let mut client = self.clone();
        client.headers.push((name.to_owned(), value.to_owned()));
        client
    }

    /// The access token, if any.
    pub fn token(&self) -> Option<&str> {
        self.bearer.as_deref()
    }

    /// Where this client calls.
    pub fn target(&self) -> SocketAddr {
        self.target
    }

    /// The cookies, as the server has set them.
    pub fn cookies(&self) -> MutexGuard<'_, Jar> {
        self.state.jar.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A request to `path`, which is relative to `/api/v1` unless it begins with `//`, which stands for the root.
    pub fn call(&self, method: &str, path: &str) -> Request<'_> {
        Request::new(self, method, path)
    }

    /// `GET path`, sent.
    pub fn get(&self, path: &str) -> Response {
        self.call("GET", path).send()
    }

    /// `POST path` with a JSON body, sent.
    #[expect(clippy::needless_pass_by_value, reason = "callers write json!({…}) in place")]
    pub fn post(&self, path: &str, body: serde_json::Value) -> Response {
        self.call("POST", path).json(&body).send()
    }

    /// `PATCH path` with a JSON body, sent.
    #[expect(clippy::needless_pass_by_value, reason = "callers write json!({…}) in place")]
    pub fn patch(&self, path: &str, body: serde_json::Value) -> Response {
        self.call("PATCH", path).json(&body).send()
    }

    /// `PUT path` without a body, sent.
    pub fn put(&self, path: &str) -> Response {
        self.call("PUT", path).send()
    }

    /// `DELETE path`, sent.
    pub fn delete(&self, path: &str) -> Response {
        self.call("DELETE", path).send()
    }

    /// Sends `bytes` as they are on a fresh connection and reads until the server closes or stays silent for two seconds.
    ///
    /// # Errors
    /// When the server cannot be reached.
    pub fn raw(&self, bytes: &[u8]) -> std::io::Result<Vec<u8>> {
        wire::raw(self.target, self.source, bytes)
    }

    /// One exchange on the kept connection. A kept connection that the server has closed meanwhile is replaced once.
    fn exchange(&self, head: bool, bytes: &[u8]) -> std::io::Result<Reply> {
        let mut kept = self.state.connection.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(mut connection) = kept.take()
            && let Ok(reply) = connection.exchange(head, bytes)
        {
            *kept = reply.keeps_open().then_some(connection);
            return Ok(reply);
        }
        let mut connection = Connection::open(self.target, self.source)?;
        let reply = connection.exchange(head, bytes)?;
        *kept = reply.keeps_open().then_some(connection);
        Ok(reply)
    }
}
