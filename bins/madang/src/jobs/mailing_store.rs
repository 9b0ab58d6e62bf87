//! The store as the server uses it: what goes into the outbox is sealed, and a bell rings when it is committed, so that
//! mails leave at once.

use super::seal::LinkSeal;
use madang_domain::accounts::{AccountRepository, LinkRepository, LoginBucketRepository};
use madang_domain::appeals::AppealRepository;
use madang_domain::audit::AuditRepository;
use madang_domain::blocks::BlockRepository;
use madang_domain::boards::{BoardRepository, TransferRepository};
use madang_domain::comments::CommentRepository;
use madang_domain::counters::CounterRepository;
use madang_domain::ctx::Timestamp;
use madang_domain::exports::ExportRepository;
use madang_domain::idempotency::IdempotencyRepository;
use madang_domain::ids::OutboxId;
use madang_domain::leads::LeadRepository;
use madang_domain::likes::LikeRepository;
use madang_domain::media::MediaRepository;
use madang_domain::messages::MessageRepository;
use madang_domain::mutes::MuteRepository;
use madang_domain::notifications::NotificationRepository;
use madang_domain::outbox::{Claimed, DeadLetter, OutboxMessage, OutboxRepository};
use madang_domain::personal_tokens::PersonalTokenRepository;
use madang_domain::posts::PostRepository;
use madang_domain::removals::RemovalRepository;
use madang_domain::reports::ReportRepository;
use madang_domain::reveals::RevealRepository;
use madang_domain::sanctions::SanctionRepository;
use madang_domain::schools::SchoolRepository;
use madang_domain::scraps::ScrapRepository;
use madang_domain::search::SearchIndexRepository;
use madang_domain::sessions::{Bearer, SessionRepository};
use madang_domain::site_settings::SettingsRepository;
use madang_domain::stats::StatsRepository;
use madang_domain::store::{Access, BoxFuture, Outcome, Store, StoreError, Topic, Unit, UnitOfWork};
use madang_domain::trash::TrashRepository;
use madang_domain::views::ViewRepository;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::Notify;

/// Passes everything on but for the outbox.
pub(crate) struct MailingStore {
    inner: Arc<dyn Store>,
    seal: LinkSeal,
    bell: Arc<Notify>,
}

impl MailingStore {
    pub(crate) fn new(inner: Arc<dyn Store>, seal: LinkSeal) -> Self {
        Self { inner, seal, bell: Arc::default() }
    }

    /// What rings.
    pub(crate) fn bell(&self) -> Arc<Notify> {
        Arc::clone(&self.bell)
    }

    fn watched(&self, mut unit: Unit) -> (Unit, Arc<AtomicBool>) {
        let wrote = Arc::new(AtomicBool::new(false));
        let (kept, seal) = (Arc::clone(&wrote), self.seal.clone());
        (Box::new(move |uow| unit(&mut Watched { inner: uow, seal: &seal, wrote: &kept })), wrote)
    }
}

impl Store for MailingStore {
    fn submit(&self, access: Access, unit: Unit) -> BoxFuture<Result<(), StoreError>> {
        if access == Access::Read {
            return self.inner.submit(access, unit);
        }
        let (unit, wrote) = self.watched(unit);
        let done = self.inner.submit(access, unit);
        let bell = Arc::clone(&self.bell);
        Box::pin(async move {
            let result = done.await;
            if wrote.load(Ordering::Relaxed) {
                bell.notify_one();
            }
            result
        })
    }

    fn submit_for(&self, bearer: Bearer, unit: Unit) -> BoxFuture<Result<(), StoreError>> {
        self.inner.submit_for(bearer, unit)
    }

    fn submit_blocking(&self, access: Access, unit: Unit) -> Result<(), StoreError> {
        let (unit, wrote) = self.watched(unit);
        let result = self.inner.submit_blocking(access, unit);
        if wrote.load(Ordering::Relaxed) {
            self.bell.notify_one();
        }
        result
    }
}

/// A unit of work that seals what goes into the outbox, and remembers that something did.
struct Watched<'a> {
    inner: &'a mut dyn UnitOfWork,
    seal: &'a LinkSeal,
    wrote: &'a AtomicBool,
}

impl OutboxRepository for Watched<'_> {
    fn add(&mut self, message: &OutboxMessage) -> Result<(), StoreError> {
        self.wrote.store(true, Ordering::Relaxed);
        self.inner.outbox().add(&self.seal.turn(message))
    }

    fn claim(
        &mut self,
        now: Timestamp,
        lease_until: Timestamp,
        limit: usize,
    ) -> Result<Vec<Claimed>, StoreError> {
        let mut claimed = self.inner.outbox().claim(now, lease_until, limit)?;
        for one in &mut claimed {
            one.message = self.seal.turn(&one.message);
        }
        Ok(claimed)
    }

    fn done(&mut self, id: OutboxId) -> Result<(), StoreError> {
        self.inner.outbox().done(id)
    }

    fn failed(&mut self, id: OutboxId, due_at: Timestamp, failure: &str) -> Result<(), StoreError> {
        self.inner.outbox().failed(id, due_at, failure)
    }

    fn bury(&mut self, id: OutboxId, now: Timestamp, failure: &str) -> Result<(), StoreError> {
        self.inner.outbox().bury(id, now, failure)
    }

    fn list_dead(&mut self, limit: usize) -> Result<Vec<DeadLetter>, StoreError> {
        self.inner.outbox().list_dead(limit)
    }

    fn purge_dead(&mut self, before: Timestamp) -> Result<usize, StoreError> {
        self.inner.outbox().purge_dead(before)
    }
}

impl UnitOfWork for Watched<'_> {
    fn outbox(&mut self) -> &mut dyn OutboxRepository {
        self
    }

    fn media(&mut self) -> &mut dyn MediaRepository {
        self.inner.media()
    }

    fn accounts(&mut self) -> &mut dyn AccountRepository {
        self.inner.accounts()
    }

    fn appeals(&mut self) -> &mut dyn AppealRepository {
        self.inner.appeals()
    }

    fn audit(&mut self) -> &mut dyn AuditRepository {
        self.inner.audit()
    }

    fn blocks(&mut self) -> &mut dyn BlockRepository {
        self.inner.blocks()
    }

    fn boards(&mut self) -> &mut dyn BoardRepository {
        self.inner.boards()
    }

    fn comments(&mut self) -> &mut dyn CommentRepository {
        self.inner.comments()
    }

    fn counters(&mut self) -> &mut dyn CounterRepository {
        self.inner.counters()
    }

    fn exports(&mut self) -> &mut dyn ExportRepository {
        self.inner.exports()
    }

    fn idempotency(&mut self) -> &mut dyn IdempotencyRepository {
        self.inner.idempotency()
    }

    fn leads(&mut self) -> &mut dyn LeadRepository {
        self.inner.leads()
    }

    fn likes(&mut self) -> &mut dyn LikeRepository {
        self.inner.likes()
    }

    fn links(&mut self) -> &mut dyn LinkRepository {
        self.inner.links()
    }

    fn login_buckets(&mut self) -> &mut dyn LoginBucketRepository {
        self.inner.login_buckets()
    }

    fn messages(&mut self) -> &mut dyn MessageRepository {
        self.inner.messages()
    }

    fn mutes(&mut self) -> &mut dyn MuteRepository {
        self.inner.mutes()
    }

    fn notifications(&mut self) -> &mut dyn NotificationRepository {
        self.inner.notifications()
    }

    fn personal_tokens(&mut self) -> &mut dyn PersonalTokenRepository {
        self.inner.personal_tokens()
    }

    fn posts(&mut self) -> &mut dyn PostRepository {
        self.inner.posts()
    }

    fn removals(&mut self) -> &mut dyn RemovalRepository {
        self.inner.removals()
    }

    fn reports(&mut self) -> &mut dyn ReportRepository {
        self.inner.reports()
    }

    fn reveals(&mut self) -> &mut dyn RevealRepository {
        self.inner.reveals()
    }

    fn sanctions(&mut self) -> &mut dyn SanctionRepository {
        self.inner.sanctions()
    }

    fn schools(&mut self) -> &mut dyn SchoolRepository {
        self.inner.schools()
    }

    fn scraps(&mut self) -> &mut dyn ScrapRepository {
        self.inner.scraps()
    }

    fn search_index(&mut self) -> &mut dyn SearchIndexRepository {
        self.inner.search_index()
    }

    fn sessions(&mut self) -> &mut dyn SessionRepository {
        self.inner.sessions()
    }

    fn site_settings(&mut self) -> &mut dyn SettingsRepository {
        self.inner.site_settings()
    }

    fn stats(&mut self) -> &mut dyn StatsRepository {
        self.inner.stats()
    }

    fn transfers(&mut self) -> &mut dyn TransferRepository {
        self.inner.transfers()
    }

    fn trash(&mut self) -> &mut dyn TrashRepository {
        self.inner.trash()
    }

    fn views(&mut self) -> &mut dyn ViewRepository {
        self.inner.views()
    }

    fn exclusive(&mut self, topic: Topic) -> Result<(), StoreError> {
        self.inner.exclusive(topic)
    }

    fn part(&mut self, part: &mut dyn FnMut(&mut dyn UnitOfWork) -> Outcome) -> Result<(), StoreError> {
        let (seal, wrote) = (self.seal, self.wrote);
        self.inner.part(&mut |uow| part(&mut Watched { inner: uow, seal, wrote }))
    }
}
