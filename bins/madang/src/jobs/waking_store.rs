//! A store that rings a bell after each commit that wrote to the outbox, so that mails leave at once.

use madang_domain::accounts::{AccountRepository, LinkRepository, LoginBucketRepository};
use madang_domain::audit::AuditRepository;
use madang_domain::boards::BoardRepository;
use madang_domain::idempotency::IdempotencyRepository;
use madang_domain::outbox::OutboxRepository;
use madang_domain::posts::PostRepository;
use madang_domain::schools::SchoolRepository;
use madang_domain::sessions::SessionRepository;
use madang_domain::store::{Access, BoxFuture, Outcome, Store, StoreError, Topic, Unit, UnitOfWork};
use madang_domain::trash::TrashRepository;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::Notify;

/// Passes everything on; only knows which write units asked for the outbox.
pub(crate) struct WakingStore {
    inner: Arc<dyn Store>,
    bell: Arc<Notify>,
}

impl WakingStore {
    pub(crate) fn new(inner: Arc<dyn Store>) -> Self {
        Self { inner, bell: Arc::default() }
    }

    /// What rings.
    pub(crate) fn bell(&self) -> Arc<Notify> {
        Arc::clone(&self.bell)
    }
}

impl Store for WakingStore {
    fn submit(&self, access: Access, unit: Unit) -> BoxFuture<Result<(), StoreError>> {
        if access == Access::Read {
            return self.inner.submit(access, unit);
        }
        let (unit, asked) = watched(unit);
        let done = self.inner.submit(access, unit);
        let bell = Arc::clone(&self.bell);
        Box::pin(async move {
            let result = done.await;
            if asked.load(Ordering::Relaxed) {
                bell.notify_one();
            }
            result
        })
    }

    fn submit_blocking(&self, access: Access, unit: Unit) -> Result<(), StoreError> {
        let (unit, asked) = watched(unit);
        let result = self.inner.submit_blocking(access, unit);
        if asked.load(Ordering::Relaxed) {
            self.bell.notify_one();
        }
        result
    }
}

fn watched(mut unit: Unit) -> (Unit, Arc<AtomicBool>) {
    let asked = Arc::new(AtomicBool::new(false));
    let kept = Arc::clone(&asked);
    (Box::new(move |uow| unit(&mut Watched { inner: uow, asked: &kept })), asked)
}

/// A unit of work that remembers whether the outbox was asked for.
struct Watched<'a> {
    inner: &'a mut dyn UnitOfWork,
    asked: &'a AtomicBool,
}

impl UnitOfWork for Watched<'_> {
    fn accounts(&mut self) -> &mut dyn AccountRepository {
        self.inner.accounts()
    }

    fn audit(&mut self) -> &mut dyn AuditRepository {
        self.inner.audit()
    }

    fn boards(&mut self) -> &mut dyn BoardRepository {
        self.inner.boards()
    }

    fn idempotency(&mut self) -> &mut dyn IdempotencyRepository {
        self.inner.idempotency()
    }

    fn links(&mut self) -> &mut dyn LinkRepository {
        self.inner.links()
    }

    fn login_buckets(&mut self) -> &mut dyn LoginBucketRepository {
        self.inner.login_buckets()
    }

    fn outbox(&mut self) -> &mut dyn OutboxRepository {
        self.asked.store(true, Ordering::Relaxed);
        self.inner.outbox()
    }

    fn posts(&mut self) -> &mut dyn PostRepository {
        self.inner.posts()
    }

    fn schools(&mut self) -> &mut dyn SchoolRepository {
        self.inner.schools()
    }

    fn sessions(&mut self) -> &mut dyn SessionRepository {
        self.inner.sessions()
    }

    fn trash(&mut self) -> &mut dyn TrashRepository {
        self.inner.trash()
    }

    fn exclusive(&mut self, topic: Topic) -> Result<(), StoreError> {
        self.inner.exclusive(topic)
    }

    fn part(&mut self, part: &mut dyn FnMut(&mut dyn UnitOfWork) -> Outcome) -> Result<(), StoreError> {
        let asked = self.asked;
        self.inner.part(&mut |uow| part(&mut Watched { inner: uow, asked }))
    }
}
