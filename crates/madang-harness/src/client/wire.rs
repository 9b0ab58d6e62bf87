//! HTTP/1.1 over a socket, as far as one client needs it.

use socket2::{Domain, Socket, Type};
use std::io::{BufRead, BufReader, Error, ErrorKind, Read, Result, Write};
use std::net::{IpAddr, SocketAddr, TcpStream};
use std::time::Duration;

/// Longer than any answer of a healthy server, shorter than a test run.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long a raw exchange waits for the other side to say more.
const SILENCE: Duration = Duration::from_secs(2);

/// An answer as it came.
#[derive(Debug)]
pub struct Reply {
    /// The status code.
    pub status: u16,
    /// Header names in lower case, in the order sent.
    pub headers: Vec<(String, String)>,
    /// The body, decoded from chunks.
    pub body: Vec<u8>,
}

impl Reply {
    pub(super) fn keeps_open(&self) -> bool {
        let closes = self
            .headers
            .iter()
            .any(|(name, value)| name == "connection" && value.eq_ignore_ascii_case("close"));
        !closes && !self.is_stream()
    }

    /// Whether the body does not end by itself.
    fn is_stream(&self) -> bool {
        self.header("content-type").is_some_and(|kind| kind.starts_with("text/event-stream"))
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(header, _)| header == name).map(|(_, value)| value.as_str())
    }
}

/// A connection that is used for one exchange after the other.
pub(super) struct Connection(BufReader<TcpStream>);

impl Connection {
    pub(super) fn open(target: SocketAddr, source: IpAddr) -> Result<Self> {
        let stream = connect(target, source)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(Self(BufReader::new(stream)))
    }

    pub(super) fn exchange(&mut self, head: bool, request: &[u8]) -> Result<Reply> {
        // A server that refuses early may close before it has read all; its answer is there all the same.
        let sent = self.0.get_mut().write_all(request);
        let reply = self.read_reply(head);
        if reply.is_err() {
            sent?;
        }
        reply
    }

    /// Sends a request and reads the head of its answer; [`read_chunk`](Self::read_chunk) reads on.
    pub(super) fn begin(&mut self, request: &[u8]) -> Result<Reply> {
        self.0.get_mut().write_all(request)?;
        self.read_head()
    }

    /// The next chunk of a body; `None` after the last.
    pub(super) fn read_chunk(&mut self) -> Result<Option<Vec<u8>>> {
        let line = self.read_line()?;
        let size =
            usize::from_str_radix(&line, 16).map_err(|_| invalid(format!("no chunk size: {line:?}")))?;
        let mut chunk = vec![0; size];
        self.0.read_exact(&mut chunk)?;
        self.read_line()?;
        Ok((size > 0).then_some(chunk))
    }

    /// The same socket, to hang up by.
    pub(super) fn other_end(&self) -> Result<TcpStream> {
        self.0.get_ref().try_clone()
    }

    fn read_reply(&mut self, head: bool) -> Result<Reply> {
        loop {
            let mut reply = self.read_head()?;
            if reply.status == 100 {
                continue;
            }
            if !head && !matches!(reply.status, 204 | 304) && !reply.is_stream() {
                reply.body = self.read_body(&reply)?;
            }
            return Ok(reply);
        }
    }

    fn read_head(&mut self) -> Result<Reply> {
        let status_line = self.read_line()?;
        let status = status_line
            .strip_prefix("HTTP/1.1 ")
            .or_else(|| status_line.strip_prefix("HTTP/1.0 "))
            .and_then(|rest| rest.get(..3))
            .and_then(|code| code.parse().ok())
            .ok_or_else(|| invalid(format!("no status line: {status_line:?}")))?;
        let mut headers = Vec::new();
        loop {
            let line = self.read_line()?;
            if line.is_empty() {
                return Ok(Reply { status, headers, body: Vec::new() });
            }
            let (name, value) =
                line.split_once(':').ok_or_else(|| invalid(format!("no header: {line:?}")))?;
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
    }

    fn read_body(&mut self, reply: &Reply) -> Result<Vec<u8>> {
        let mut body = Vec::new();
        if reply.header("transfer-encoding") == Some("chunked") {
            while let Some(chunk) = self.read_chunk()? {
                body.extend(chunk);
            }
            return Ok(body);
        }
        match reply.header("content-length").map(str::parse) {
            Some(Ok(length)) => {
                body.resize(length, 0);
                self.0.read_exact(&mut body)?;
            }
            Some(Err(_)) => return Err(invalid("a content-length that is no number".to_owned())),
            None => {
                self.0.read_to_end(&mut body)?;
            }
        }
        Ok(body)
    }

    fn read_line(&mut self) -> Result<String> {
        let mut line = String::new();
        if self.0.read_line(&mut line)? == 0 {
            return Err(Error::new(ErrorKind::UnexpectedEof, "the server closed the connection"));
        }
        line.truncate(line.trim_end_matches(['\r', '\n']).len());
        Ok(line)
    }
}

/// Sends `bytes` and reads what comes until the server closes or says nothing more.
pub(super) fn raw(target: SocketAddr, source: IpAddr, bytes: &[u8]) -> Result<Vec<u8>> {
    let mut stream = connect(target, source)?;
    stream.set_read_timeout(Some(SILENCE))?;
    stream.write_all(bytes)?;
    let mut answer = Vec::new();
    match stream.read_to_end(&mut answer) {
        Err(error)
            if !matches!(
                error.kind(),
                ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::ConnectionReset
            ) =>
        {
            Err(error)
        }
        _ => Ok(answer),
    }
}

fn connect(target: SocketAddr, source: IpAddr) -> Result<TcpStream> {
    let socket = Socket::new(Domain::for_address(target), Type::STREAM, None)?;
    socket.bind(&SocketAddr::new(source, 0).into())?;
    socket.connect(&target.into())?;
    socket.set_tcp_nodelay(true)?;
    Ok(socket.into())
}

fn invalid(message: String) -> Error {
    Error::new(ErrorKind::InvalidData, message)
}
