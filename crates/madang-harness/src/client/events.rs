//! A stream of events, read beside everything else.

use super::Reply;
use super::wire::Connection;
use serde_json::Value;
use std::io::Result;
use std::net::{IpAddr, SocketAddr};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

/// An open stream of events. Dropping it leaves it.
pub struct EventStream {
    /// The answer without its body.
    pub head: Reply,
    frames: Receiver<String>,
    hang_up: std::net::TcpStream,
}

/// What a stream says.
#[derive(Clone, Debug, PartialEq)]
pub enum Frame {
    /// An event with its name, its id and its data.
    Event(String, Option<String>, Value),
    /// A comment.
    Comment,
    /// Nothing within the time.
    Silence,
    /// The server has ended it.
    End,
}

impl EventStream {
    pub(super) fn open(target: SocketAddr, source: IpAddr, request: &[u8]) -> Result<Self> {
        let mut connection = Connection::open(target, source)?;
        let head = connection.begin(request)?;
        let hang_up = connection.other_end()?;
        let (sender, frames) = channel();
        thread::spawn(move || {
            let mut text = String::new();
            while let Ok(Some(chunk)) = connection.read_chunk() {
                text.push_str(&String::from_utf8_lossy(&chunk));
                while let Some((frame, rest)) = text.split_once("\n\n") {
                    if sender.send(frame.to_owned()).is_err() {
                        return;
                    }
                    text = rest.to_owned();
                }
            }
        });
        Ok(Self { head, frames, hang_up })
    }

    /// The next thing that the stream says within `patience`.
    pub fn next(&self, patience: Duration) -> Frame {
        let frame = match self.frames.recv_timeout(patience) {
            Ok(frame) => frame,
            Err(RecvTimeoutError::Timeout) => return Frame::Silence,
            Err(RecvTimeoutError::Disconnected) => return Frame::End,
        };
        if frame.starts_with(':') {
            return Frame::Comment;
        }
        let field = |name: &str| {
            let mut lines = frame.lines();
            lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(": ").map(str::to_owned))
        };
        let data = field("data").and_then(|data| serde_json::from_str(&data).ok()).unwrap_or_default();
        Frame::Event(field("event").unwrap_or_default(), field("id"), data)
    }

    /// The next event within `patience`, comments passed over; otherwise why there is none.
    pub fn next_event(&self, patience: Duration) -> Frame {
        let begun = Instant::now();
        loop {
            match self.next(patience.saturating_sub(begun.elapsed())) {
                Frame::Comment => {}
                frame => return frame,
            }
        }
    }
}

impl Drop for EventStream {
    fn drop(&mut self) {
        let _ = self.hang_up.shutdown(std::net::Shutdown::Both);
    }
}
