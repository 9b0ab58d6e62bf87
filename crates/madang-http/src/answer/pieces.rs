//! A body that comes piece by piece.

use actix_web::body::{BodySize, MessageBody};
use actix_web::web::Bytes;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use tokio::sync::mpsc::Receiver;

/// The pieces to come, until an answer takes them on its way.
#[derive(Clone, Debug)]
pub(super) struct Pieces(Arc<Mutex<Option<Receiver<Bytes>>>>);

/// The pieces on their way.
pub(super) struct PiecesBody(Receiver<Bytes>);

impl Pieces {
    pub(super) fn new(pieces: Receiver<Bytes>) -> Self {
        Self(Arc::new(Mutex::new(Some(pieces))))
    }

    pub(super) fn take(self) -> Option<PiecesBody> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take().map(PiecesBody)
    }
}

impl MessageBody for PiecesBody {
    type Error = Infallible;

    fn size(&self) -> BodySize {
        BodySize::Stream
    }

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Infallible>>> {
        self.get_mut().0.poll_recv(cx).map(|piece| piece.map(Ok))
    }
}
