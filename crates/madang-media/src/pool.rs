//! The threads that work on pictures: few, their own, with a bounded queue.
//!
//! A picture takes up to a second of a core and some hundred megabytes while it is decoded, so that the number of threads
//! bounds both, and requests go on meanwhile.

use crossbeam_channel::{Receiver, Sender, bounded};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread::JoinHandle;
use tokio::sync::oneshot;

type Job = Box<dyn FnOnce() + Send>;

/// The threads and their queue.
pub(crate) struct Pool {
    /// `None` when the pool is ending.
    jobs: Option<Sender<Job>>,
    threads: Vec<JoinHandle<()>>,
}

/// Why nothing was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PoolError {
    /// The queue is full, or the pool is ending.
    Busy,
    /// The work ended by a panic.
    Panicked,
}

impl Pool {
    /// Starts `threads`, before which `queue_max` jobs may wait.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub(crate) fn start(threads: usize, queue_max: usize) -> std::io::Result<Self> {
        let (sender, receiver) = bounded::<Job>(queue_max);
        // Made first, so that the threads already started are ended when a later one is refused.
        let mut pool = Self { jobs: Some(sender), threads: Vec::new() };
        for n in 0..threads.max(1) {
            let receiver: Receiver<Job> = receiver.clone();
            let thread = std::thread::Builder::new().name(format!("media-{n}")).spawn(move || {
                for job in receiver {
                    job();
                }
            })?;
            pool.threads.push(thread);
        }
        Ok(pool)
    }

    /// Does `work` on a thread of the pool, unless nobody waits for it any more when its turn comes.
    pub(crate) fn run<T, F>(&self, work: F) -> impl Future<Output = Result<T, PoolError>> + Send + use<T, F>
    where
        T: Send + 'static,
        F: FnOnce() -> T + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let job: Job = Box::new(move || {
            if reply.is_closed() {
                return;
            }
            let done = catch_unwind(AssertUnwindSafe(work)).map_err(|_| PoolError::Panicked);
            // Whoever asked may have left.
            let _ = reply.send(done);
        });
        let sent = match &self.jobs {
            Some(jobs) => jobs.try_send(job).map_err(drop),
            None => Err(()),
        };
        async move {
            match sent {
                Err(()) => Err(PoolError::Busy),
                Ok(()) => answer.await.unwrap_or(Err(PoolError::Busy)),
            }
        }
    }
}

impl Drop for Pool {
    /// Lets the running jobs end; what waits is dropped by those who wait for it.
    fn drop(&mut self) {
        self.jobs = None;
        for thread in self.threads.drain(..) {
            if thread.join().is_err() {
                tracing::error!("a media thread had panicked");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;

    #[tokio::test]
    async fn what_does_not_fit_is_refused_at_once_and_a_panic_ends_no_thread() {
        let pool = Pool::start(1, 1).unwrap();
        let ((begun, begins), (go, goes)) = (channel(), channel::<()>());
        let first = pool.run(move || {
            begun.send(()).unwrap();
            goes.recv().unwrap();
            1
        });
        begins.recv().unwrap();
        let second = pool.run(|| 2);
        assert_eq!(pool.run(|| 3).await, Err(PoolError::Busy));
        go.send(()).unwrap();
        assert_eq!((first.await, second.await), (Ok(1), Ok(2)));
        assert_eq!(pool.run(|| panic!("on purpose")).await, Err::<(), _>(PoolError::Panicked));
        assert_eq!(pool.run(|| 4).await, Ok(4));
    }
}
