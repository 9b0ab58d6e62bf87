//! The threads that hash passwords: few, their own, with a bounded queue.
//!
//! A hash costs a quarter of a second of a core, so hashing gets no more than its threads and everything else keeps its
//! speed. Clients take turns, one address cannot fill the queue, whoever waits too long is told so, and what nobody
//! waits for any more is not computed.

mod queue;

use queue::{Job, Queue};
use std::net::IpAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::time::timeout;

/// How many threads, and how much may wait how long.
#[derive(Clone, Copy, Debug)]
pub struct HashPoolSettings {
    /// `auth.hash_threads`; at least one is started.
    pub threads: usize,
    /// `auth.hash_queue_max`, in waiting jobs. One address may hold half of it.
    pub queue_max: usize,
    /// `auth.hash_wait_ms`: how long a job may wait before it is begun.
    pub wait: Duration,
}

/// Why nothing was computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HashError {
    /// The queue is full, or the wait was too long: try again soon.
    #[error("too many passwords are being checked")]
    Busy,
    /// A fault of ours.
    #[error("the password could not be computed")]
    Failed,
}

/// The threads and their queue.
#[derive(Debug)]
pub struct HashPool {
    shared: Arc<Shared>,
    wait: Duration,
    threads: Vec<JoinHandle<()>>,
}

#[derive(Debug)]
struct Shared {
    queue: Queue,
    jobs: AtomicU64,
}

impl HashPool {
    /// Starts the threads.
    ///
    /// # Errors
    ///
    /// When the system gives no thread.
    pub fn start(settings: HashPoolSettings) -> std::io::Result<Self> {
        let shared = Arc::new(Shared { queue: Queue::new(settings.queue_max), jobs: AtomicU64::new(0) });
        // Made first, so that the threads already started are ended when a later one is refused.
        let mut pool = Self { shared, wait: settings.wait, threads: Vec::new() };
        for n in 0..settings.threads.max(1) {
            let shared = Arc::clone(&pool.shared);
            let thread =
                std::thread::Builder::new().name(format!("hash-{n}")).spawn(move || shared.serve())?;
            pool.threads.push(thread);
        }
        Ok(pool)
    }

    /// Computes `work` on a thread of the pool. When the returned future is dropped before the work is begun, it is
    /// never begun.
    ///
    /// # Errors
    ///
    /// [`HashError::Busy`] when the queue or `client`'s share of it is full, or the wait too long; [`HashError::Failed`]
    /// when the work panicked.
    pub async fn run<T, F>(&self, client: IpAddr, work: F) -> Result<T, HashError>
    where
        T: Send + 'static,
        F: FnOnce() -> T + Send + 'static,
    {
        let (begun, begins) = oneshot::channel();
        let (reply, answer) = oneshot::channel();
        let work = Box::new(move || drop(reply.send(work())));
        self.shared.queue.push(client, Job { begun, work }).map_err(|_full| HashError::Busy)?;
        match timeout(self.wait, begins).await {
            Ok(Ok(())) => answer.await.map_err(|_| HashError::Failed),
            Ok(Err(_ended)) => Err(HashError::Failed),
            Err(_elapsed) => Err(HashError::Busy),
        }
    }

    /// How many jobs were begun since the start.
    pub fn jobs_total(&self) -> u64 {
        self.shared.jobs.load(Ordering::Relaxed)
    }

    /// How many jobs are waiting.
    pub fn waiting(&self) -> usize {
        self.shared.queue.len()
    }
}

impl Drop for HashPool {
    /// Lets the running jobs end and drops the waiting ones.
    fn drop(&mut self) {
        self.shared.queue.close();
        for thread in self.threads.drain(..) {
            if thread.join().is_err() {
                tracing::error!("a hash thread had panicked");
            }
        }
    }
}

impl Shared {
    fn serve(&self) {
        while let Some(job) = self.queue.pop() {
            // Nobody waits any more.
            if job.begun.send(()).is_err() {
                continue;
            }
            self.jobs.fetch_add(1, Ordering::Relaxed);
            if catch_unwind(AssertUnwindSafe(job.work)).is_err() {
                tracing::error!("hashing panicked");
            }
        }
    }
}

#[cfg(test)]
mod tests;
