//! A unit that waits, and the way back to who waits for it.

use madang_domain::sessions::{Bearer, Standing};
use madang_domain::store::{Access, BoxFuture, StoreError, Unit};
use std::time::{Duration, Instant};
use tokio::sync::oneshot;

/// A queued unit.
pub(crate) struct Job {
    pub(crate) access: Access,
    pub(crate) unit: Unit,
    /// Whose standing the unit asks for first.
    pub(crate) bearer: Option<Bearer>,
    /// What has been found out about that since the unit was queued.
    pub(crate) standing: Option<Standing>,
    queued: Instant,
    reply: Reply,
}

/// What came out: the store's own word; the unit's value travels beside it.
pub(crate) type Done = Result<(), StoreError>;

enum Reply {
    ToTask(oneshot::Sender<Done>),
    ToThread(std::sync::mpsc::SyncSender<Done>),
}

impl Job {
    /// A job whose answer is awaited.
    pub(crate) fn awaited(access: Access, unit: Unit) -> (Self, BoxFuture<Done>) {
        let (sender, receiver) = oneshot::channel();
        let job = Self::new(access, unit, Reply::ToTask(sender));
        (job, Box::pin(async move { receiver.await.unwrap_or_else(|_| Err(shutting_down())) }))
    }

    /// A job whose answer a thread waits for.
    pub(crate) fn blocking(access: Access, unit: Unit) -> (Self, impl FnOnce() -> Done) {
        let (sender, receiver) = std::sync::mpsc::sync_channel(1);
        let job = Self::new(access, unit, Reply::ToThread(sender));
        (job, move || receiver.recv().unwrap_or_else(|_| Err(shutting_down())))
    }

    fn new(access: Access, unit: Unit, reply: Reply) -> Self {
        Self { access, unit, bearer: None, standing: None, queued: Instant::now(), reply }
    }

    /// Answers. Nobody may be waiting any more; what was committed stays so.
    pub(crate) fn answer(self, done: Done) {
        match self.reply {
            Reply::ToTask(sender) => drop(sender.send(done)),
            Reply::ToThread(sender) => drop(sender.send(done)),
        }
    }

    /// The job, unless it waited longer than `limit`: its caller is better served by a "try again" now.
    pub(crate) fn unless_stale(self, limit: Duration) -> Option<Self> {
        if self.queued.elapsed() <= limit {
            return Some(self);
        }
        self.answer(Err(StoreError::Busy));
        None
    }
}

/// The answer of a store that takes no more units.
pub(crate) fn shutting_down() -> StoreError {
    StoreError::Unavailable("the store is closed".into())
}
