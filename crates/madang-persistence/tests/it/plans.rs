//! Lists and look-ups of every other kind: an index answers each, and no large table is read from end to end.
//!
//! Posts and comments have such tests beside their own.

mod furnish;

use crate::posts::plans::plan;
use chrono::TimeDelta;
use furnish::furnish;
use madang_domain::accounts::Email;
use madang_domain::actor::{Actor, Role};
use madang_domain::audit::{ActFilter, AuditAction, AuditFilter};
use madang_domain::blocks::{BlockQuery, BlockTarget, Blocked};
use madang_domain::boards::BoardFlags;
use madang_domain::ctx::Ctx;
use madang_domain::filters::{OneOf, OrderedTest};
use madang_domain::ids::{
    BlockId, BoardId, CommentId, ExportId, MediaId, MessageThreadId, PersonalTokenId, PostId,
};
use madang_domain::leads::{LeadFilter, LeadKey, LeadQuery};
use madang_domain::media::Purpose;
use madang_domain::messages::{Opened, ThreadFilter};
use madang_domain::paging::{FeedOrder, FeedRequest, From, OrderBy, PageRequest};
use madang_domain::personal_tokens::TokenDigest;
use madang_domain::removals::{ItemRef, TargetKind};
use madang_domain::reports::{CaseFilter, CaseKey, CaseQuery, CaseReach, ReportFilter, ReportStatus};
use madang_domain::sanctions::SanctionFilter;
use madang_domain::store::{StoreError, UnitOfWork};
use madang_domain::trash::TrashKind;
use madang_persistence::{Options, StatementLog};
use madang_testkit::{Campus, TestDatabase, TestStore, World, on_each_database};

/// The tables that grow with what people do.
const LARGE: [&str; 22] = [
    "active_days",
    "appeals",
    "audit_log",
    "blocks",
    "comment_likes",
    "comments",
    "exports",
    "leads",
    "media",
    "message_sides",
    "message_threads",
    "messages",
    "moderation_cases",
    "moderation_log",
    "personal_tokens",
    "post_likes",
    "post_search",
    "posts",
    "reports",
    "sanctions",
    "scraps",
    "trash_items",
];

/// A store that notes its statements, with a little of everything in it.
struct Scene {
    store: TestStore,
    log: StatementLog,
    ctx: Ctx,
    board: BoardId,
}

impl Scene {
    fn new(database: TestDatabase) -> Self {
        let log = StatementLog::default();
        let options = Options { statements: Some(log.clone()), ..database.options() };
        let (store, world) = (database.store_with(options), World::new());
        let campus = Campus::new(store.shared(), &world);
        let school = campus.school("한빛대학교");
        let board = campus.board(school, "자유게시판", BoardFlags::default());
        let people: Vec<Actor> =
            (0..20).map(|n| campus.member(school, &format!("member{n}"), Role::Student)).collect();
        for person in &people {
            let ctx = campus.next_ctx(person);
            let others: Vec<_> =
                people.iter().map(|other| other.user).filter(|other| *other != person.user).collect();
            campus.write(move |uow| {
                (0..20).try_for_each(|n| furnish(uow, &ctx, others[usize::from(n) % others.len()], board, n))
            });
        }
        let ctx = campus.next_ctx(&people[0]);
        Self { store, log, ctx, board }
    }

    /// Judges the plans of all statements that `work` sends: each of `indexes` is used, and nothing large is scanned.
    #[track_caller]
    fn check(
        &self,
        indexes: &[&str],
        work: impl Fn(&mut dyn UnitOfWork, &Ctx, BoardId) -> Result<(), StoreError> + Send + 'static,
    ) {
        self.log.take();
        let (ctx, board) = (self.ctx.clone(), self.board);
        self.store.write_blocking(move |uow| work(uow, &ctx, board)).unwrap();
        let sent: Vec<_> = self.log.take().into_iter().flat_map(|unit| unit.statements).collect();
        assert!(!sent.is_empty());
        let plans: Vec<_> = sent.iter().map(|sql| plan(self.store.database(), sql)).collect();
        for index in indexes {
            assert!(
                plans.iter().any(|plan| plan.contains(index)),
                "{index} is not used:\n{sent:#?}\n{plans:#?}"
            );
        }
        for (sql, plan) in sent.iter().zip(&plans) {
            for line in plan.lines() {
                let scan = LARGE.iter().find(|table| is_scan(line, table));
                assert_eq!(scan, None, "it reads a whole table:\n{sql}\n{plan}");
            }
        }
    }
}

/// Whether a step of a plan reads a whole table, and not in the order of an index.
fn is_scan(step: &str, table: &str) -> bool {
    let step = step.trim();
    step == format!("SCAN {table}")
        || step.contains(&format!("Seq Scan on {table} "))
        || step.ends_with(&format!("Seq Scan on {table}"))
}

const FIRST: PageRequest = PageRequest { page: 1, page_size: 20 };

fn newest() -> FeedRequest {
    FeedRequest { from: From::Start, limit: 20, order: FeedOrder::NewestFirst }
}

fn blocks_of(targets: Option<OneOf<BlockTarget>>, descending: bool) -> BlockQuery {
    BlockQuery { targets, descending, request: FIRST }
}

fn leads_by(key: LeadKey, descending: bool) -> LeadQuery {
    let order = vec![OrderBy { key, descending }];
    LeadQuery { filter: LeadFilter::default(), order, request: FIRST }
}

on_each_database! {
    fn leads_are_read_by_their_owner(database) {
        let scene = Scene::new(database);
        scene.check(&["leads_created_at"], |uow, ctx, _| {
            uow.leads().list(ctx.actor.user, &leads_by(LeadKey::CreatedAt, true)).map(drop)
        });
        scene.check(&["leads_name"], |uow, ctx, _| {
            uow.leads().list(ctx.actor.user, &leads_by(LeadKey::Name, false)).map(drop)
        });
        scene.check(&["leads_email"], |uow, ctx, _| {
            let address = Email::parse("lead7@firm.test").map_err(|_| StoreError::internal("an address"))?;
            uow.leads().exists_email(ctx.actor.user, &address, None).map(drop)
        });
        scene.check(&["leads_deleted_at", "trash_items_deleted_at"], |uow, ctx, _| uow.leads().purge(ctx.now).map(drop));
    }

    fn blocks_are_listed_by_their_owner_and_found_by_whom_they_cover(database) {
        let scene = Scene::new(database);
        scene.check(&["blocks_created_at"], |uow, ctx, _| {
            uow.blocks().list(&ctx.actor, &blocks_of(None, true))?;
            uow.blocks().list(&ctx.actor, &blocks_of(Some(OneOf(vec![BlockTarget::Post])), false)).map(drop)
        });
        scene.check(&["blocks_user"], |uow, ctx, _| {
            uow.blocks().exists_between(ctx.actor.user, ctx.fresh())?;
            uow.blocks().find_id(ctx.actor.user, Blocked::User(ctx.fresh())).map(drop)
        });
        scene.check(&["blocks_label"], |uow, ctx, _| {
            uow.blocks().find_id(ctx.actor.user, Blocked::Label { post: ctx.fresh(), number: 1 }).map(drop)
        });
        scene.check(&[], |uow, ctx, _| {
            let id: BlockId = ctx.fresh();
            uow.blocks().find(&ctx.actor, id)?;
            uow.blocks().find_author_of_post(&ctx.actor, ctx.fresh())?;
            uow.blocks().find_author_of_comment(&ctx.actor, ctx.fresh())?;
            uow.blocks().remove(ctx.actor.user, id).map(drop)
        });
    }

    fn message_threads_are_found_by_their_sides(database) {
        let scene = Scene::new(database);
        scene.check(&["message_sides_", "messages_seq"], |uow, ctx, _| {
            uow.messages().list(&ctx.actor, &ThreadFilter::default(), newest()).map(drop)
        });
        scene.check(&["message_sides_item"], |uow, ctx, _| {
            uow.messages().find_opened(ctx.actor.user, Opened::User(ctx.fresh())).map(drop)
        });
        scene.check(&["message_sides_unread"], |uow, ctx, _| uow.messages().count_unread(ctx.actor.user).map(drop));
        scene.check(&["message_"], |uow, ctx, _| {
            uow.messages().is_label_closed(ctx.actor.user, ctx.fresh(), 1).map(drop)
        });
        scene.check(&["message_sides_deleted_at"], |uow, ctx, _| uow.messages().purge(ctx.now, 10).map(drop));
        scene.check(&[], |uow, ctx, _| {
            let id: MessageThreadId = ctx.fresh();
            uow.messages().find(&ctx.actor, id)?;
            uow.messages().find_blocked(ctx.actor.user, id)?;
            uow.messages().find_door(ctx.actor.user, ctx.fresh()).map(drop)
        });
        // Everybody has blocked everybody, and sees no thread.
        crate::support::execute(scene.store.database(), "DELETE FROM blocks");
        scene.check(&["messages_feed"], |uow, ctx, _| {
            let threads = uow.messages().list(&ctx.actor, &ThreadFilter::default(), newest())?;
            let thread = threads.items.first().ok_or_else(|| StoreError::internal("no thread"))?;
            uow.messages().list_messages(&ctx.actor, thread, &[], newest()).map(drop)
        });
    }

    fn logs_are_read_in_the_order_of_an_index(database) {
        let scene = Scene::new(database);
        scene.check(&["audit_log_feed"], |uow, _, _| {
            uow.audit().list_events(&AuditFilter::default(), &newest()).map(drop)
        });
        scene.check(&["audit_log_subject"], |uow, ctx, _| {
            let subjects = Some(OneOf(vec![ctx.actor.user]));
            uow.audit().list_events(&AuditFilter { subjects, ..AuditFilter::default() }, &newest()).map(drop)
        });
        scene.check(&["audit_log_"], |uow, _, _| {
            let actions = Some(OneOf(vec![AuditAction::RoleChanged]));
            uow.audit().list_events(&AuditFilter { actions, ..AuditFilter::default() }, &newest()).map(drop)
        });
        scene.check(&["moderation_log_feed"], |uow, ctx, _| {
            uow.audit().list_acts(Some(ctx.actor.school), &ActFilter::default(), &newest()).map(drop)
        });
        scene.check(&["moderation_log_all"], |uow, _, _| {
            uow.audit().list_acts(None, &ActFilter::default(), &newest()).map(drop)
        });
    }

    fn cases_are_a_queue_and_found_by_target(database) {
        let scene = Scene::new(database);
        let by = |key, descending| CaseQuery {
            filter: CaseFilter::default(),
            order: vec![OrderBy { key, descending }],
            request: FIRST,
        };
        scene.check(&["moderation_cases_"], move |uow, ctx, _| {
            let reach = CaseReach::School(ctx.actor.school);
            uow.reports().list_cases(&ctx.actor, reach, &by(CaseKey::Priority, true))?;
            uow.reports().list_cases(&ctx.actor, reach, &by(CaseKey::OpenedAt, false)).map(drop)
        });
        scene.check(&["moderation_cases_board"], move |uow, ctx, _| {
            let reach = CaseReach::ManagedBy(ctx.actor.user);
            uow.reports().list_cases(&ctx.actor, reach, &by(CaseKey::Priority, true)).map(drop)
        });
        scene.check(&["moderation_cases_"], |uow, ctx, _| {
            uow.reports().find_case(&ctx.actor, CaseReach::All, ctx.fresh())?;
            uow.reports().find_open_case(TargetKind::Post, ctx.fresh::<PostId>().into()).map(drop)
        });
        scene.check(&[], |uow, ctx, _| {
            uow.removals().find(&ctx.actor, ItemRef::Post(ctx.fresh()))?;
            uow.removals().find(&ctx.actor, ItemRef::Comment(ctx.fresh())).map(drop)
        });
        scene.check(&["posts_removed", "comments_removed"], |uow, ctx, _| {
            uow.removals().list_expired(ctx.now - TimeDelta::days(9), 20).map(drop)
        });
        scene.check(&["sanctions_target", "moderation_cases_target"], |uow, ctx, _| {
            uow.removals().blank_copies(ctx.fresh::<PostId>().into())
        });
    }

    fn reports_and_sanctions_are_read_by_whom_they_concern(database) {
        let scene = Scene::new(database);
        scene.check(&["reports_reporter_feed"], |uow, ctx, _| {
            uow.reports().list_own(ctx.actor.user, &ReportFilter::default(), FIRST).map(drop)
        });
        scene.check(&["reports_once"], |uow, ctx, _| {
            uow.reports().exists(ctx.actor.user, ctx.fresh::<PostId>().into()).map(drop)
        });
        scene.check(&["reports_case"], |uow, ctx, _| {
            uow.reports().main_reason(ctx.fresh())?;
            uow.reports().close_reports(ctx.fresh(), ReportStatus::Upheld, ctx.now).map(drop)
        });
        scene.check(&["sanctions_subject", "sanctions_label"], |uow, ctx, _| {
            uow.sanctions().list_own(ctx.actor.user, &SanctionFilter::default(), ctx.now, FIRST)?;
            uow.sanctions().find_own(ctx.actor.user, ctx.fresh())?;
            uow.sanctions().list_running(ctx.actor.user, ctx.now).map(drop)
        });
    }

    fn staff_read_sanctions_and_appeals_by_school_and_board(database) {
        let scene = Scene::new(database);
        let list = |uow: &mut dyn UnitOfWork, ctx: &Ctx, reach, starts_at| {
            let filter = SanctionFilter { starts_at, ..SanctionFilter::default() };
            uow.sanctions().find(&ctx.actor, reach, ctx.fresh())?;
            uow.sanctions().list(&ctx.actor, reach, &filter, ctx.now, FIRST).map(drop)
        };
        scene.check(&["sanctions_school"], move |uow, ctx, _| {
            list(uow, ctx, CaseReach::School(ctx.actor.school), Vec::new())
        });
        scene.check(&["sanctions_board"], move |uow, ctx, _| {
            list(uow, ctx, CaseReach::ManagedBy(ctx.actor.user), Vec::new())
        });
        // Counting all that there are reads them all.
        scene.check(&["sanctions_all"], move |uow, ctx, _| {
            list(uow, ctx, CaseReach::All, vec![OrderedTest::Gte(ctx.now - TimeDelta::minutes(1))])
        });
        scene.check(&["appeals_school"], |uow, ctx, _| {
            uow.appeals().find(Some(ctx.actor.school), ctx.fresh())?;
            uow.appeals().list(Some(ctx.actor.school), None, FIRST).map(drop)
        });
    }

    fn days_are_counted_by_time(database) {
        let scene = Scene::new(database);
        let indexes = ["messages_created_at", "reports_created_at", "sanctions_all", "appeals_all"];
        scene.check(&indexes, |uow, ctx, _| {
            uow.stats().list_tallies(None, ctx.now - TimeDelta::minutes(15), ctx.now).map(drop)
        });
    }

    fn tokens_are_found_by_digest_and_listed_by_owner(database) {
        let scene = Scene::new(database);
        scene.check(&["personal_tokens_token"], |uow, _, _| {
            uow.personal_tokens().find_standing(TokenDigest([7; 32])).map(drop)
        });
        scene.check(&["personal_tokens_user"], |uow, ctx, _| {
            uow.personal_tokens().list_live(ctx.actor.user, ctx.now, FIRST).map(drop)
        });
        scene.check(&[], |uow, ctx, _| {
            let id: PersonalTokenId = ctx.fresh();
            uow.personal_tokens().find(id, ctx.actor.user)?;
            uow.personal_tokens().end(id, ctx.actor.user, ctx.now).map(drop)
        });
        scene.check(&["personal_tokens_expires_at"], |uow, ctx, _| uow.personal_tokens().purge(ctx.now).map(drop));
    }

    fn exports_are_found_by_owner_and_by_what_is_left_to_do(database) {
        let scene = Scene::new(database);
        scene.check(&["exports_user"], |uow, ctx, _| {
            uow.exports().find_newest(ctx.actor.user)?;
            let id: ExportId = ctx.fresh();
            uow.exports().find(ctx.actor.user, id).map(drop)
        });
        scene.check(&["exports_running"], |uow, ctx, _| {
            uow.exports().claim(ctx.now, ctx.now + TimeDelta::minutes(1)).map(drop)
        });
        scene.check(&["exports_expires_at"], |uow, ctx, _| uow.exports().list_files(ctx.now).map(drop));
        scene.check(&["exports_created_at"], |uow, ctx, _| uow.exports().purge(ctx.now - TimeDelta::days(9)).map(drop));
        let all = ["posts_author_feed", "comments_author_feed", "post_likes_user", "scraps_feed", "leads_owner"];
        scene.check(&all, |uow, ctx, _| uow.exports().collect(ctx.actor.user).map(drop));
    }

    fn pictures_are_found_by_their_place(database) {
        let scene = Scene::new(database);
        scene.check(&["media_owner"], |uow, ctx, _| uow.media().count_unattached(ctx.actor.user).map(drop));
        scene.check(&["media"], |uow, ctx, _| {
            let ids: [MediaId; 2] = [ctx.fresh(), ctx.fresh()];
            uow.media().find(ids[0])?;
            uow.media().list_unattached(ctx.actor.user, Purpose::Post, &ids).map(drop)
        });
        scene.check(&["media_post"], |uow, ctx, _| uow.media().drop_of_post(ctx.fresh::<PostId>(), ctx.now));
        scene.check(&["media_profile"], |uow, ctx, _| uow.media().drop_profile(ctx.actor.user, ctx.now));
        scene.check(&["media_unattached"], |uow, ctx, _| {
            uow.media().drop_unattached(ctx.now - TimeDelta::days(9), ctx.now).map(drop)
        });
        scene.check(&["media_dropped"], |uow, _, _| uow.media().list_dropped(20).map(drop));
    }

    fn the_trash_is_listed_by_owner_and_emptied_by_time(database) {
        let scene = Scene::new(database);
        scene.check(&["trash_items_"], |uow, ctx, _| {
            uow.trash().list(ctx.actor.user, None, ctx.now - TimeDelta::days(9), newest()).map(drop)
        });
        scene.check(&[], |uow, ctx, _| uow.trash().find_locked(ctx.actor.user, ctx.actor.user.into()).map(drop));
        scene.check(&["trash_items_deleted_at"], |uow, ctx, _| {
            uow.trash().take_expired(TrashKind::Comment, ctx.now - TimeDelta::days(9), 20).map(drop)
        });
        scene.check(&[], |uow, ctx, _| uow.comments().purge(ctx.fresh::<CommentId>()));
    }

    fn whoever_is_erased_is_looked_up_in_each_table(database) {
        let scene = Scene::new(database);
        let indexes = ["leads_owner", "personal_tokens_user", "trash_items_owner_feed", "scraps_feed", "exports_user"];
        scene.check(&indexes, |uow, ctx, _| uow.accounts().erase(ctx.actor.user));
    }
}
