//! A bounded queue in which clients take turns.

use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use tokio::sync::oneshot;

/// Work, and the word that it is begun; whoever waits for that word is whom the work is for.
pub(super) struct Job {
    pub(super) begun: oneshot::Sender<()>,
    pub(super) work: Box<dyn FnOnce() + Send>,
}

/// The queue, or the client's share of it, is full.
pub(super) struct Full;

/// Waiting jobs by client. The next job is that of the client who has waited longest for a turn, so that a flood from
/// one address delays the others by one job each.
pub(super) struct Queue {
    max: usize,
    share: usize,
    state: Mutex<State>,
    filled: Condvar,
}

#[derive(Default)]
struct State {
    closed: bool,
    len: usize,
    /// Each client with waiting jobs, once.
    turns: VecDeque<IpAddr>,
    jobs: HashMap<IpAddr, VecDeque<Job>>,
}

impl Queue {
    pub(super) fn new(max: usize) -> Self {
        let max = max.max(1);
        Self { max, share: max.div_ceil(2), state: Mutex::default(), filled: Condvar::new() }
    }

    pub(super) fn push(&self, client: IpAddr, job: Job) -> Result<(), Full> {
        let mut state = self.lock();
        if state.is_full(client, self.max, self.share) {
            state.forget_left();
            if state.is_full(client, self.max, self.share) {
                return Err(Full);
            }
        }
        state.add(client, job);
        drop(state);
        self.filled.notify_one();
        Ok(())
    }

    /// The next job; waits for one. `None` when the queue is closed.
    pub(super) fn pop(&self) -> Option<Job> {
        let mut state = self.lock();
        loop {
            if state.closed {
                return None;
            }
            match state.take() {
                Some(job) => return Some(job),
                None => state = self.filled.wait(state).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }

    /// Drops what waits; every `pop` answers `None` from now on.
    pub(super) fn close(&self) {
        *self.lock() = State { closed: true, ..State::default() };
        self.filled.notify_all();
    }

    pub(super) fn len(&self) -> usize {
        self.lock().len
    }

    /// Nothing that can panic runs under the lock, so a poisoned one holds a sound state.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn is_full(&self, client: IpAddr, max: usize, share: usize) -> bool {
        self.closed || self.len >= max || self.jobs.get(&client).is_some_and(|jobs| jobs.len() >= share)
    }

    fn add(&mut self, client: IpAddr, job: Job) {
        let jobs = self.jobs.entry(client).or_default();
        if jobs.is_empty() {
            self.turns.push_back(client);
        }
        jobs.push_back(job);
        self.len += 1;
    }

    fn take(&mut self) -> Option<Job> {
        let client = self.turns.pop_front()?;
        let jobs = self.jobs.get_mut(&client)?;
        let job = jobs.pop_front();
        if jobs.is_empty() {
            self.jobs.remove(&client);
        } else {
            self.turns.push_back(client);
        }
        self.len -= usize::from(job.is_some());
        job
    }

    /// Drops the jobs that nobody waits for any more.
    fn forget_left(&mut self) {
        self.jobs.retain(|_, jobs| {
            jobs.retain(|job| !job.begun.is_closed());
            !jobs.is_empty()
        });
        self.turns.retain(|client| self.jobs.contains_key(client));
        self.len = self.jobs.values().map(VecDeque::len).sum();
    }
}

impl std::fmt::Debug for Queue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Queue").field("max", &self.max).field("len", &self.len()).finish_non_exhaustive()
    }
}
