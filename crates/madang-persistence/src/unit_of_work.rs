//! One unit of work on one connection.

use crate::connection::Conn;
use crate::errors::{self, Fault};
use crate::liveness::{Known, Touched};
use diesel::QueryResult;
use madang_domain::accounts::{AccountRepository, LinkRepository, LoginBucketRepository};
use madang_domain::appeals::AppealRepository;
use madang_domain::audit::AuditRepository;
use madang_domain::blocks::BlockRepository;
use madang_domain::boards::{BoardRepository, TransferRepository};
use madang_domain::comments::CommentRepository;
use madang_domain::counters::CounterRepository;
use madang_domain::exports::ExportRepository;
use madang_domain::idempotency::IdempotencyRepository;
use madang_domain::ids::UserId;
use madang_domain::leads::LeadRepository;
use madang_domain::likes::LikeRepository;
use madang_domain::media::MediaRepository;
use madang_domain::messages::MessageRepository;
use madang_domain::mutes::MuteRepository;
use madang_domain::notifications::NotificationRepository;
use madang_domain::outbox::OutboxRepository;
use madang_domain::personal_tokens::PersonalTokenRepository;
use madang_domain::posts::PostRepository;
use madang_domain::removals::RemovalRepository;
use madang_domain::reports::ReportRepository;
use madang_domain::reveals::RevealRepository;
use madang_domain::sanctions::SanctionRepository;
use madang_domain::schools::SchoolRepository;
use madang_domain::scraps::ScrapRepository;
use madang_domain::search::SearchIndexRepository;
use madang_domain::sessions::SessionRepository;
use madang_domain::site_settings::SettingsRepository;
use madang_domain::stats::StatsRepository;
use madang_domain::store::{Access, Outcome, StoreError, Topic, UnitOfWork};
use madang_domain::trash::TrashRepository;
use madang_domain::views::ViewRepository;

/// Implements every port, so that each accessor answers itself.
pub(crate) struct DieselUnitOfWork<'c> {
    /// Where `run!` sends queries.
    pub(crate) conn: &'c mut Conn,
    access: Access,
    /// The gravest fault of the statements so far. The store judges by it whether the unit is run again, so that no
    /// port has to tell conflicts from other failures.
    fault: Option<Fault>,
    /// What is known of standings without asking.
    pub(crate) known: Known,
    touched: Touched,
}

impl<'c> DieselUnitOfWork<'c> {
    pub(crate) fn new(conn: &'c mut Conn, access: Access, known: Known) -> Self {
        Self { conn, access, fault: None, known, touched: Touched::Nobody }
    }

    /// Says that the standing of `user` may have changed. Each write to `users` and `sessions` says so.
    pub(crate) fn touch_user(&mut self, user: UserId) {
        self.touched.add(user);
    }

    /// Says that the standing of anybody may have changed.
    pub(crate) fn touch_everybody(&mut self) {
        self.touched = Touched::Everybody;
    }

    /// Whose standing the unit has changed.
    pub(crate) fn into_touched(self) -> Touched {
        self.touched
    }

    /// Turns a statement's error into the port's and remembers what it means for the unit.
    pub(crate) fn judge<T>(&mut self, result: QueryResult<T>) -> Result<T, StoreError> {
        result.map_err(|error| {
            let fault = self.conn.fault(self.access, &error);
            self.fault = self.fault.max(Some(fault));
            if fault == Fault::Broken {
                tracing::warn!(error = %error, "a database connection was lost");
            }
            errors::store_error(fault, error)
        })
    }

    /// The gravest fault of the unit.
    pub(crate) fn fault(&self) -> Option<Fault> {
        self.fault
    }

    fn end_part(&mut self, outcome: Outcome, before: Option<Fault>) -> Result<(), StoreError> {
        let failed = self.fault > before;
        let end = match outcome {
            Outcome::Commit if !failed => self.conn.commit(),
            Outcome::Commit | Outcome::RollBack => self.conn.roll_back(),
        };
        self.judge(end)?;
        match (outcome, self.fault) {
            (Outcome::Commit, _) if failed => {
                Err(StoreError::internal("a part went on after a failed statement"))
            }
            // What failed is undone with its part; a conflict or a lost connection concerns the whole unit.
            (_, Some(Fault::Failed)) => {
                self.fault = before;
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

impl UnitOfWork for DieselUnitOfWork<'_> {
    fn accounts(&mut self) -> &mut dyn AccountRepository {
        self
    }

    fn appeals(&mut self) -> &mut dyn AppealRepository {
        self
    }

    fn audit(&mut self) -> &mut dyn AuditRepository {
        self
    }

    fn blocks(&mut self) -> &mut dyn BlockRepository {
        self
    }

    fn boards(&mut self) -> &mut dyn BoardRepository {
        self
    }

    fn comments(&mut self) -> &mut dyn CommentRepository {
        self
    }

    fn counters(&mut self) -> &mut dyn CounterRepository {
        self
    }

    fn exports(&mut self) -> &mut dyn ExportRepository {
        self
    }

    fn idempotency(&mut self) -> &mut dyn IdempotencyRepository {
        self
    }

    fn leads(&mut self) -> &mut dyn LeadRepository {
        self
    }

    fn likes(&mut self) -> &mut dyn LikeRepository {
        self
    }

    fn links(&mut self) -> &mut dyn LinkRepository {
        self
    }

    fn login_buckets(&mut self) -> &mut dyn LoginBucketRepository {
        self
    }

    fn messages(&mut self) -> &mut dyn MessageRepository {
        self
    }

    fn mutes(&mut self) -> &mut dyn MuteRepository {
        self
    }

    fn notifications(&mut self) -> &mut dyn NotificationRepository {
        self
    }

    fn media(&mut self) -> &mut dyn MediaRepository {
        self
    }

    fn outbox(&mut self) -> &mut dyn OutboxRepository {
        self
    }

    fn personal_tokens(&mut self) -> &mut dyn PersonalTokenRepository {
        self
    }

    fn posts(&mut self) -> &mut dyn PostRepository {
        self
    }

    fn removals(&mut self) -> &mut dyn RemovalRepository {
        self
    }

    fn reports(&mut self) -> &mut dyn ReportRepository {
        self
    }

    fn reveals(&mut self) -> &mut dyn RevealRepository {
        self
    }

    fn sanctions(&mut self) -> &mut dyn SanctionRepository {
        self
    }

    fn schools(&mut self) -> &mut dyn SchoolRepository {
        self
    }

    fn scraps(&mut self) -> &mut dyn ScrapRepository {
        self
    }

    fn search_index(&mut self) -> &mut dyn SearchIndexRepository {
        self
    }

    fn sessions(&mut self) -> &mut dyn SessionRepository {
        self
    }

    fn site_settings(&mut self) -> &mut dyn SettingsRepository {
        self
    }

    fn stats(&mut self) -> &mut dyn StatsRepository {
        self
    }

    fn transfers(&mut self) -> &mut dyn TransferRepository {
        self
    }

    fn trash(&mut self) -> &mut dyn TrashRepository {
        self
    }

    fn views(&mut self) -> &mut dyn ViewRepository {
        self
    }

    fn exclusive(&mut self, topic: Topic) -> Result<(), StoreError> {
        if self.access == Access::Read {
            return Err(StoreError::internal("only a write unit can hold a topic"));
        }
        let result = match &mut *self.conn {
            // The one writer of a SQLite database is alone already.
            Conn::Sqlite(_) => Ok(()),
            #[cfg(feature = "postgres")]
            Conn::Pg(c) => lock(c, topic),
        };
        self.judge(result)
    }

    fn part(&mut self, part: &mut dyn FnMut(&mut dyn UnitOfWork) -> Outcome) -> Result<(), StoreError> {
        let before = self.fault;
        let begun = self.conn.begin();
        self.judge(begun)?;
        let outcome = part(self);
        self.end_part(outcome, before)
    }
}

/// Holds `topic` until the transaction ends, which also frees it behind a pooler.
#[cfg(feature = "postgres")]
fn lock(conn: &mut diesel::pg::PgConnection, topic: Topic) -> QueryResult<()> {
    use diesel::RunQueryDsl;
    use diesel::sql_types::Integer;

    let number: i32 = match topic {
        Topic::Admins => 1,
        Topic::SchoolDomains => 2,
        Topic::Settings => 8,
    };
    let lock = diesel::sql_query("SELECT pg_advisory_xact_lock($1, $2)");
    lock.bind::<Integer, _>(TOPICS).bind::<Integer, _>(number).execute(conn).map(drop)
}

/// Keeps our topics apart from advisory locks of other programs on the same database.
#[cfg(feature = "postgres")]
const TOPICS: i32 = 0x6d61_6467;
