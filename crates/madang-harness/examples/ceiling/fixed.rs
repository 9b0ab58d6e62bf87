//! A unit of work that knows the fixed answers and nothing else.

use crate::sample::Sample;
use chrono::{DateTime, TimeDelta};
use madang_domain::accounts::{AccountRepository, AccountState, LinkRepository, LoginBucketRepository};
use madang_domain::actor::Actor;
use madang_domain::appeals::AppealRepository;
use madang_domain::audit::AuditRepository;
use madang_domain::blocks::BlockRepository;
use madang_domain::boards::{
    Board, BoardChange, BoardQuery, BoardRef, BoardRepository, BoardSummary, BoardView, NewBoard,
    StaffBoardQuery, StaffBoardView, TransferRepository,
};
use madang_domain::comments::{
    CommentRepository, CommentTree, CommentView, FoundComment, NewComment, OwnCommentFilter, Parent,
    RestoredComment, Thread,
};
use madang_domain::counters::CounterRepository;
use madang_domain::ctx::Timestamp;
use madang_domain::exports::ExportRepository;
use madang_domain::idempotency::IdempotencyRepository;
use madang_domain::ids::{BoardId, CommentId, PostId, SchoolId, SessionId, UserId};
use madang_domain::leads::LeadRepository;
use madang_domain::likes::LikeRepository;
use madang_domain::media::MediaRepository;
use madang_domain::messages::MessageRepository;
use madang_domain::mutes::MuteRepository;
use madang_domain::notifications::NotificationRepository;
use madang_domain::outbox::OutboxRepository;
use madang_domain::paging::{Feed, FeedRequest, Page, PageRequest};
use madang_domain::personal_tokens::PersonalTokenRepository;
use madang_domain::posts::{NewPost, PostQuery, PostRepository, PostTextChange, PostView, PostingScope};
use madang_domain::removals::RemovalRepository;
use madang_domain::reports::ReportRepository;
use madang_domain::reveals::RevealRepository;
use madang_domain::sanctions::SanctionRepository;
use madang_domain::schools::SchoolRepository;
use madang_domain::scraps::ScrapRepository;
use madang_domain::search::SearchIndexRepository;
use madang_domain::sessions::{RevokeReason, Session, SessionRepository, Standing};
use madang_domain::site_settings::SettingsRepository;
use madang_domain::stats::StatsRepository;
use madang_domain::store::{Outcome, StoreError, Topic, UnitOfWork};
use madang_domain::trash::TrashRepository;
use madang_domain::views::ViewRepository;
use std::panic::resume_unwind;

/// The unit needs the real store.
pub(crate) struct Elsewhere;

/// What the measured routes ask of a unit of work.
pub(crate) struct FixedUnit<'a> {
    sample: &'a Sample,
}

impl<'a> FixedUnit<'a> {
    pub(crate) fn new(sample: &'a Sample) -> Self {
        Self { sample }
    }
}

/// Leaves the unit: an accessor has no error to answer. Unlike a panic this prints nothing.
fn elsewhere() -> ! {
    resume_unwind(Box::new(Elsewhere))
}

/// Methods that no measured route calls.
macro_rules! elsewhere {
    ($($name:ident($($argument:ty),*) -> $answer:ty;)*) => {$(
        fn $name(&mut self, $(_: $argument),*) -> Result<$answer, StoreError> {
            elsewhere()
        }
    )*};
}

/// Repositories that no measured route asks for.
macro_rules! elsewhere_all {
    ($($name:ident: $repository:ident;)*) => {$(
        fn $name(&mut self) -> &mut dyn $repository {
            elsewhere()
        }
    )*};
}

impl UnitOfWork for FixedUnit<'_> {
    fn boards(&mut self) -> &mut dyn BoardRepository {
        self
    }

    fn comments(&mut self) -> &mut dyn CommentRepository {
        self
    }

    fn posts(&mut self) -> &mut dyn PostRepository {
        self
    }

    fn sessions(&mut self) -> &mut dyn SessionRepository {
        self
    }

    elsewhere_all! {
        accounts: AccountRepository;
        appeals: AppealRepository;
        audit: AuditRepository;
        blocks: BlockRepository;
        messages: MessageRepository;
        counters: CounterRepository;
        exports: ExportRepository;
        idempotency: IdempotencyRepository;
        leads: LeadRepository;
        likes: LikeRepository;
        personal_tokens: PersonalTokenRepository;
        links: LinkRepository;
        login_buckets: LoginBucketRepository;
        mutes: MuteRepository;
        notifications: NotificationRepository;
        media: MediaRepository;
        outbox: OutboxRepository;
        removals: RemovalRepository;
        reports: ReportRepository;
        reveals: RevealRepository;
        sanctions: SanctionRepository;
        schools: SchoolRepository;
        scraps: ScrapRepository;
        search_index: SearchIndexRepository;
        site_settings: SettingsRepository;
        stats: StatsRepository;
        transfers: TransferRepository;
        trash: TrashRepository;
        views: ViewRepository;
    }

    elsewhere! {
        exclusive(Topic) -> ();
    }

    fn part(&mut self, _: &mut dyn FnMut(&mut dyn UnitOfWork) -> Outcome) -> Result<(), StoreError> {
        elsewhere()
    }
}

impl SessionRepository for FixedUnit<'_> {
    fn find_standing(&mut self, _: SessionId, _: UserId) -> Result<Option<Standing>, StoreError> {
        Ok(Some(Standing {
            ended: false,
            idle_at: DateTime::<chrono::Utc>::MAX_UTC,
            abs_at: DateTime::<chrono::Utc>::MAX_UTC,
            school: self.sample.board.school_id,
            is_staff: false,
            is_superuser: false,
            email_verified: true,
            enrolled: true,
            state: AccountState::Active,
            state_until: None,
        }))
    }

    elsewhere! {
        find(SessionId) -> Option<Session>;
        add(&Session) -> ();
        rotate(SessionId, i64, u8, Timestamp, Timestamp) -> Option<Session>;
        list_live(UserId, Timestamp, PageRequest) -> Page<Session>;
        end(SessionId, UserId, Timestamp, RevokeReason) -> bool;
        end_all(UserId, Option<SessionId>, Timestamp, RevokeReason) -> usize;
        end_oldest(UserId, usize, Timestamp) -> usize;
        renew(&Session) -> ();
        purge(Timestamp) -> usize;
    }
}

impl BoardRepository for FixedUnit<'_> {
    fn find(&mut self, id: BoardId) -> Result<Option<Board>, StoreError> {
        Ok(Some(Board { id, ..self.sample.board.clone() }))
    }

    fn bump_posts(&mut self, _: BoardId, _: i64, _: Option<Timestamp>) -> Result<(), StoreError> {
        Ok(())
    }

    elsewhere! {
        find_view(&Actor, BoardId) -> Option<BoardView>;
        find_view_locked(&Actor, BoardId) -> Option<BoardView>;
        find_for_staff(&Actor, BoardId) -> Option<StaffBoardView>;
        find_for_staff_locked(&Actor, BoardId) -> Option<StaffBoardView>;
        list(&Actor, &BoardQuery) -> Page<BoardSummary>;
        list_for_staff(&Actor, &StaffBoardQuery) -> Page<StaffBoardView>;
        list_managed(UserId) -> Vec<BoardRef>;
        exists_named(SchoolId, &str, Option<BoardId>) -> bool;
        add(&NewBoard) -> ();
        save(BoardId, &BoardChange) -> ();
        mark_deleted(BoardId, UserId, Timestamp) -> bool;
        unmark_deleted(BoardId) -> ();
        hold_user(UserId) -> ();
        list_favourites(&Actor, PageRequest) -> Page<BoardSummary>;
        list_favourite_ids(&Actor) -> Vec<BoardId>;
        is_favourite(UserId, BoardId) -> bool;
        count_favourites(UserId) -> i64;
        add_favourite(UserId, BoardId) -> ();
        remove_favourite(UserId, BoardId) -> ();
        save_favourite_order(UserId, &[BoardId]) -> ();
        purge_favourites(UserId) -> usize;
    }
}

impl PostRepository for FixedUnit<'_> {
    fn find(&mut self, _: &Actor, id: PostId) -> Result<Option<PostView>, StoreError> {
        Ok(Some(self.sample.post(id)))
    }

    fn list(&mut self, _: &Actor, _: &PostQuery) -> Result<Feed<PostView>, StoreError> {
        Ok(self.sample.feed())
    }

    fn add(&mut self, _: &NewPost) -> Result<(), StoreError> {
        Ok(())
    }

    elsewhere! {
        find_locked(&Actor, PostId) -> Option<PostView>;
        save_text(PostId, &PostTextChange) -> ();
        save_comments_locked(PostId, bool) -> ();
        bump_likes(PostId, i64) -> i64;
        stamp_hot(PostId, Timestamp) -> ();
        stamp_best(PostId, Timestamp) -> ();
        bump_scraps(PostId, i64) -> ();
        bump_comments(PostId, i64) -> ();
        mark_answered(PostId, Timestamp) -> ();
        bump_views(&[(PostId, i64)]) -> ();
        mark_deleted(PostId, Timestamp) -> bool;
        blank(PostId) -> ();
        restore(PostId) -> Option<BoardId>;
        record_posting(UserId, PostingScope, Timestamp, TimeDelta) -> Option<Timestamp>;
        record_text(UserId, SchoolId, [u8; 32]) -> bool;
        replace_text(UserId, PostId, [u8; 32], [u8; 32]) -> ();
    }
}

impl CommentRepository for FixedUnit<'_> {
    fn find_thread(&mut self, _: &Actor, post: PostId) -> Result<Option<Thread>, StoreError> {
        Ok(Some(self.sample.thread(post)))
    }

    fn list(
        &mut self,
        _: &Actor,
        _: &Thread,
        request: FeedRequest,
        _: u32,
    ) -> Result<Feed<CommentTree>, StoreError> {
        Ok(self.sample.comments(request))
    }

    elsewhere! {
        find_thread_locked(&Actor, PostId) -> Option<Thread>;
        find(&Actor, CommentId) -> Option<FoundComment>;
        find_locked(&Actor, CommentId) -> Option<FoundComment>;
        find_parent(&Actor, PostId, CommentId) -> Option<Parent>;
        list_replies(&Actor, &Thread, CommentId, FeedRequest) -> Feed<CommentView>;
        list_own(&Actor, &OwnCommentFilter, FeedRequest) -> Feed<FoundComment>;
        add_number(PostId, UserId) -> u32;
        add(&NewComment) -> ();
        save_contents(CommentId, &str, Timestamp) -> ();
        mark_deleted(CommentId, Timestamp) -> bool;
        restore(CommentId) -> Option<RestoredComment>;
        bump_likes(CommentId, i64) -> i64;
        purge(CommentId) -> ();
        bump_replies(CommentId, i64) -> ();
    }
}
