//! Runs units of work on threads that own connections.
//!
//! Reads run on a few threads. Writes run on one thread with group commit (SQLite) or on a few with retry (PostgreSQL).
//! Both wait in bounded queues: what does not fit is refused at once, what waited too long when its turn comes.

mod job;
mod lease;
mod options;
#[cfg(feature = "postgres")]
mod pg_writer;
mod reader;
mod run_unit;
mod sqlite_writer;

use crate::connection::Purpose;
use crate::url::DatabaseUrl;
use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};
use job::{Job, shutting_down};
use madang_domain::sessions::Bearer;
use madang_domain::store::{Access, BoxFuture, Store, StoreError, Unit};
use options::Settings;
use r2d2::ManageConnection;
use reader::Reader;
use sqlite_writer::SqliteWriter;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, JoinHandle};

pub use crate::connection::ConnectError;
pub use options::Options;

/// The store on a SQLite or PostgreSQL database. Dropping it closes it.
pub struct DieselStore {
    reads: Sender<Message>,
    writes: Sender<Message>,
    closed: AtomicBool,
    threads: Mutex<Threads>,
}

/// What a thread finds in its queue.
enum Message {
    Unit(Job),
    Stop,
}

#[derive(Default)]
struct Threads {
    readers: Vec<JoinHandle<()>>,
    writers: Vec<JoinHandle<()>>,
}

/// Why a store could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// No connection.
    #[error(transparent)]
    Connect(#[from] ConnectError),
    /// No thread.
    #[error("a thread could not be started: {0}")]
    Thread(#[from] std::io::Error),
}

impl DieselStore {
    /// Opens the database and starts the threads. Fails when the database cannot be reached now; later it may come and
    /// go. Runs no migrations, except on a database in memory, which has no other chance.
    pub fn open(options: Options) -> Result<Self, OpenError> {
        if options.url != DatabaseUrl::SqliteMemory {
            // Tells at once what is wrong, and makes a new SQLite file before several threads would.
            options.manager(Purpose::Writing).connect()?;
        }
        let (reads, read_queue) = bounded(options.queue_max);
        let (writes, write_queue) = bounded(options.queue_max);
        let in_memory = options.url == DatabaseUrl::SqliteMemory;
        let reads = if in_memory { writes.clone() } else { reads };
        let store =
            Self { reads, writes, closed: AtomicBool::new(false), threads: Mutex::new(Threads::default()) };
        let settings = options.settings();
        let mut threads = Threads::default();
        if !in_memory {
            for (n, lease) in options.leases(Purpose::Reading, options.readers).into_iter().enumerate() {
                let mut reader = Reader::new(lease, settings.clone());
                let queue = read_queue.clone();
                let serve = move || {
                    reader.warm_up();
                    reader.serve(&queue);
                };
                threads.readers.push(start(format!("madang-read-{n}"), serve)?);
            }
        }
        threads.writers = start_writers(&options, &settings, in_memory, &write_queue)?;
        *store.threads.lock().unwrap_or_else(PoisonError::into_inner) = threads;
        Ok(store)
    }

    /// Takes no more units, lets those that wait end, and closes the connections. Blocks until all that is done.
    pub fn close(&self) {
        self.closed.store(true, Ordering::Release);
        let threads = std::mem::take(&mut *self.threads.lock().unwrap_or_else(PoisonError::into_inner));
        // Readers first, so that the writer can move the whole write-ahead log into the file.
        stop(&self.reads, threads.readers);
        stop(&self.writes, threads.writers);
    }

    /// How many units wait, reads and writes together.
    pub fn waiting(&self) -> usize {
        let reads = if self.reads.same_channel(&self.writes) { 0 } else { self.reads.len() };
        reads + self.writes.len()
    }

    fn queue(&self, access: Access, job: Job) {
        let queue = match access {
            Access::Read => &self.reads,
            Access::Write => &self.writes,
        };
        if self.closed.load(Ordering::Acquire) {
            return job.answer(Err(shutting_down()));
        }
        match queue.try_send(Message::Unit(job)) {
            Ok(()) | Err(TrySendError::Full(Message::Stop) | TrySendError::Disconnected(Message::Stop)) => {}
            Err(TrySendError::Full(Message::Unit(job))) => job.answer(Err(StoreError::Busy)),
            Err(TrySendError::Disconnected(Message::Unit(job))) => job.answer(Err(shutting_down())),
        }
    }
}

impl Store for DieselStore {
    fn submit(&self, access: Access, unit: Unit) -> BoxFuture<Result<(), StoreError>> {
        let (job, answer) = Job::awaited(access, unit);
        self.queue(access, job);
        answer
    }

    fn submit_for(&self, bearer: Bearer, unit: Unit) -> BoxFuture<Result<(), StoreError>> {
        let (mut job, answer) = Job::awaited(Access::Read, unit);
        job.bearer = Some(bearer);
        self.queue(Access::Read, job);
        answer
    }

    fn submit_blocking(&self, access: Access, unit: Unit) -> Result<(), StoreError> {
        let (job, answer) = Job::blocking(access, unit);
        self.queue(access, job);
        answer()
    }
}

impl Drop for DieselStore {
    fn drop(&mut self) {
        self.close();
    }
}

fn start_writers(
    options: &Options,
    settings: &Settings,
    in_memory: bool,
    queue: &Receiver<Message>,
) -> Result<Vec<JoinHandle<()>>, OpenError> {
    #[cfg(feature = "postgres")]
    if !options.url.is_sqlite() {
        let leases = options.leases(Purpose::Writing, options.writers);
        let started = leases.into_iter().zip(0..).map(|(lease, n)| {
            let mut writer = pg_writer::PgWriter::new(lease, settings.clone(), n);
            let queue = queue.clone();
            let serve = move || {
                writer.warm_up();
                while let Ok(Message::Unit(job)) = queue.recv() {
                    writer.serve(job);
                }
            };
            start(format!("madang-write-{n}"), serve)
        });
        return started.collect();
    }
    let purpose = if in_memory { Purpose::Both } else { Purpose::Writing };
    let leases = options.leases(purpose, 1).into_iter();
    let started = leases.map(|lease| {
        let writer = SqliteWriter::new(lease, settings.clone(), in_memory);
        let queue = queue.clone();
        start("madang-write".to_owned(), move || writer.serve(&queue))
    });
    started.collect()
}

fn start(name: String, serve: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, OpenError> {
    Ok(thread::Builder::new().name(name).spawn(serve)?)
}

/// Asks `threads` to end behind what waits, and waits for them. A unit that holds the store's last owner drops it on
/// one of these threads, which cannot wait for itself.
fn stop(queue: &Sender<Message>, threads: Vec<JoinHandle<()>>) {
    for _ in &threads {
        if queue.send(Message::Stop).is_err() {
            break;
        }
    }
    for thread in threads {
        if thread.thread().id() != thread::current().id() && thread.join().is_err() {
            tracing::error!("a thread of the store ended by a panic");
        }
    }
}
