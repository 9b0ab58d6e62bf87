//! The frame of the ports: how units of work are run, and what each can reach.
//!
//! A unit is one transaction. It sees the repositories through [`UnitOfWork`], returns a value or an error, and is
//! committed or rolled back accordingly. A write unit may be run again after a conflict with another writer, so it must
//! not have effects besides the unit of work.

use crate::accounts::{AccountRepository, LinkRepository, LoginBucketRepository};
use crate::appeals::AppealRepository;
use crate::audit::AuditRepository;
use crate::blocks::BlockRepository;
use crate::boards::{BoardRepository, TransferRepository};
use crate::comments::CommentRepository;
use crate::counters::CounterRepository;
use crate::exports::ExportRepository;
use crate::idempotency::IdempotencyRepository;
use crate::leads::LeadRepository;
use crate::likes::LikeRepository;
use crate::media::MediaRepository;
use crate::messages::MessageRepository;
use crate::mutes::MuteRepository;
use crate::notifications::NotificationRepository;
use crate::outbox::OutboxRepository;
use crate::personal_tokens::PersonalTokenRepository;
use crate::posts::PostRepository;
use crate::removals::RemovalRepository;
use crate::reports::ReportRepository;
use crate::reveals::RevealRepository;
use crate::sanctions::SanctionRepository;
use crate::schools::SchoolRepository;
use crate::scraps::ScrapRepository;
use crate::search::SearchIndexRepository;
use crate::sessions::{Bearer, SessionRepository};
use crate::site_settings::SettingsRepository;
use crate::stats::StatsRepository;
use crate::trash::TrashRepository;
use crate::views::ViewRepository;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

/// A future that owns all it needs.
pub type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// Storage could not do its part. Not found is never an error; these are faults and overload.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The queue of waiting units is full, or conflicts did not end within the allowed tries: try again soon.
    #[error("the store is busy")]
    Busy,
    /// The database cannot be reached, or the server is shutting down.
    #[error("the store is unavailable")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Anything else: a fault of ours, kept for the log.
    #[error("the store failed")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl StoreError {
    /// An internal fault told by a sentence.
    pub fn internal(message: impl Into<String>) -> Self {
        Self::Internal(message.into().into())
    }
}

/// What a unit needs of the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Reads only; never retried, never blocks writers.
    Read,
    /// May write; serialised or retried by the store.
    Write,
}

/// How a unit ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Keep what was written.
    Commit,
    /// Keep nothing.
    RollBack,
}

/// What the store runs. `FnMut` because a write unit may be run again.
pub type Unit = Box<dyn FnMut(&mut dyn UnitOfWork) -> Outcome + Send>;

/// Something that at most one write unit at a time may decide, across all processes; see [`UnitOfWork::exclusive`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// Who is an admin (ACC-22: the last one stays).
    Admins,
    /// Which school has which mail domain (SCH-1).
    SchoolDomains,
    /// Which settings are in force (X-8: the revision rises one by one).
    Settings,
}

/// The repositories as one unit sees them, one accessor per feature.
pub trait UnitOfWork {
    /// Users.
    fn accounts(&mut self) -> &mut dyn AccountRepository;
    /// What is said against sanctions.
    fn appeals(&mut self) -> &mut dyn AppealRepository;
    /// Security events and acts of staff.
    fn audit(&mut self) -> &mut dyn AuditRepository;
    /// Whom people block.
    fn blocks(&mut self) -> &mut dyn BlockRepository;
    /// Boards and favourites.
    fn boards(&mut self) -> &mut dyn BoardRepository;
    /// Comments.
    fn comments(&mut self) -> &mut dyn CommentRepository;
    /// The check of counters.
    fn counters(&mut self) -> &mut dyn CounterRepository;
    /// Exports of people's own data.
    fn exports(&mut self) -> &mut dyn ExportRepository;
    /// Stored answers of requests with an idempotency key.
    fn idempotency(&mut self) -> &mut dyn IdempotencyRepository;
    /// Contacts that people keep for themselves.
    fn leads(&mut self) -> &mut dyn LeadRepository;
    /// Likes.
    fn likes(&mut self) -> &mut dyn LikeRepository;
    /// One-time links of mails.
    fn links(&mut self) -> &mut dyn LinkRepository;
    /// Failed logins.
    fn login_buckets(&mut self) -> &mut dyn LoginBucketRepository;
    /// Muted posts.
    fn mutes(&mut self) -> &mut dyn MuteRepository;
    /// Notices.
    fn notifications(&mut self) -> &mut dyn NotificationRepository;
    /// Pictures.
    fn media(&mut self) -> &mut dyn MediaRepository;
    /// What people write to each other.
    fn messages(&mut self) -> &mut dyn MessageRepository;
    /// What must happen after the commit.
    fn outbox(&mut self) -> &mut dyn OutboxRepository;
    /// Personal access tokens.
    fn personal_tokens(&mut self) -> &mut dyn PersonalTokenRepository;
    /// Posts.
    fn posts(&mut self) -> &mut dyn PostRepository;
    /// Items as staff see and remove them.
    fn removals(&mut self) -> &mut dyn RemovalRepository;
    /// Reports, and the cases that staff decide.
    fn reports(&mut self) -> &mut dyn ReportRepository;
    /// Who stands behind a label, for admins.
    fn reveals(&mut self) -> &mut dyn RevealRepository;
    /// What staff imposed on members.
    fn sanctions(&mut self) -> &mut dyn SanctionRepository;
    /// Schools and terms.
    fn schools(&mut self) -> &mut dyn SchoolRepository;
    /// Scraps.
    fn scraps(&mut self) -> &mut dyn ScrapRepository;
    /// The search index as a whole.
    fn search_index(&mut self) -> &mut dyn SearchIndexRepository;
    /// Login sessions.
    fn sessions(&mut self) -> &mut dyn SessionRepository;
    /// Settings that admins changed.
    fn site_settings(&mut self) -> &mut dyn SettingsRepository;
    /// Counts of what happened.
    fn stats(&mut self) -> &mut dyn StatsRepository;
    /// Offers of boards.
    fn transfers(&mut self) -> &mut dyn TransferRepository;
    /// What people deleted and may take back.
    fn trash(&mut self) -> &mut dyn TrashRepository;
    /// Who has read what.
    fn views(&mut self) -> &mut dyn ViewRepository;

    /// Waits until no other write unit holds `topic`; held until this unit ends. For rules that span rows.
    fn exclusive(&mut self, topic: Topic) -> Result<(), StoreError>;

    /// Runs `part` inside a savepoint: on [`Outcome::RollBack`] only what the part wrote is undone.
    fn part(&mut self, part: &mut dyn FnMut(&mut dyn UnitOfWork) -> Outcome) -> Result<(), StoreError>;
}

/// Runs units of work. Object-safe; needs no async runtime.
pub trait Store: Send + Sync {
    /// Queues `unit`; resolves when it is committed or rolled back (write) or answered (read).
    fn submit(&self, access: Access, unit: Unit) -> BoxFuture<Result<(), StoreError>>;

    /// As [`submit`](Self::submit) for a read unit that first asks whether `bearer` is alive. A store may find out about
    /// several units' bearers at once, never earlier than each was submitted.
    fn submit_for(&self, bearer: Bearer, unit: Unit) -> BoxFuture<Result<(), StoreError>> {
        let _ = bearer;
        self.submit(Access::Read, unit)
    }

    /// Runs `unit` on the store's threads and blocks this one until it is done.
    fn submit_blocking(&self, access: Access, unit: Unit) -> Result<(), StoreError>;
}

impl dyn Store {
    /// Runs `work` as one read unit.
    pub fn read<T, E, F>(&self, work: F) -> impl Future<Output = Result<T, E>> + Send + use<T, E, F>
    where
        F: Fn(&mut dyn UnitOfWork) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        run(work, &|unit| self.submit(Access::Read, unit))
    }

    /// Runs `work` as one read unit that first asks whether `bearer` is alive.
    pub fn read_for<T, E, F>(
        &self,
        bearer: Bearer,
        work: F,
    ) -> impl Future<Output = Result<T, E>> + Send + use<T, E, F>
    where
        F: Fn(&mut dyn UnitOfWork) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        run(work, &|unit| self.submit_for(bearer, unit))
    }

    /// Runs `work` as one write unit: committed when it is `Ok`, rolled back when it is `Err`.
    pub fn write<T, E, F>(&self, work: F) -> impl Future<Output = Result<T, E>> + Send + use<T, E, F>
    where
        F: Fn(&mut dyn UnitOfWork) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        run(work, &|unit| self.submit(Access::Write, unit))
    }

    /// `read` for callers without a runtime.
    pub fn read_blocking<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: Fn(&mut dyn UnitOfWork) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (unit, slot) = unit(work);
        take(self.submit_blocking(Access::Read, unit), &slot)
    }

    /// `write` for callers without a runtime.
    pub fn write_blocking<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: Fn(&mut dyn UnitOfWork) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (unit, slot) = unit(work);
        take(self.submit_blocking(Access::Write, unit), &slot)
    }
}

/// Where a unit leaves its value; the last run counts.
type Slot<T, E> = Arc<Mutex<Option<Result<T, E>>>>;

fn unit<T, E, F>(work: F) -> (Unit, Slot<T, E>)
where
    F: Fn(&mut dyn UnitOfWork) -> Result<T, E> + Send + 'static,
    T: Send + 'static,
    E: Send + 'static,
{
    let slot: Slot<T, E> = Arc::default();
    let kept = Arc::clone(&slot);
    let unit: Unit = Box::new(move |uow| {
        let result = work(uow);
        let outcome = if result.is_ok() { Outcome::Commit } else { Outcome::RollBack };
        *kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(result);
        outcome
    });
    (unit, slot)
}

fn run<T, E, F>(
    work: F,
    submit: &dyn Fn(Unit) -> BoxFuture<Result<(), StoreError>>,
) -> impl Future<Output = Result<T, E>> + Send + use<T, E, F>
where
    F: Fn(&mut dyn UnitOfWork) -> Result<T, E> + Send + 'static,
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
{
    let (unit, slot) = unit(work);
    let done = submit(unit);
    async move { take(done.await, &slot) }
}

/// The store's word comes first: a value computed by a unit that was not committed is not handed out.
fn take<T, E: From<StoreError>>(done: Result<(), StoreError>, slot: &Slot<T, E>) -> Result<T, E> {
    done?;
    let kept = slot.lock().unwrap_or_else(PoisonError::into_inner).take();
    kept.unwrap_or_else(|| Err(StoreError::internal("the unit was not run").into()))
}
