//! The contract of boards.

mod favourites;
mod log;
mod staff;

use crate::posts::in_parallel;
use chrono::TimeDelta;
use madang_domain::actor::{Actor, Role};
use madang_domain::boards::{
    BoardCategory, BoardFilter, BoardFlags, BoardKey, BoardQuery, BoardView, CreateBoard, CreateBoardError,
    DeleteBoardError, EditBoard, EditBoardError, GroupFlags, create_board, delete_board, edit_board,
    find_board,
};
use madang_domain::ctx::Ctx;
use madang_domain::filters::{OneOf, TextLookup, TextTest};
use madang_domain::ids::{BoardId, PostId, SchoolId};
use madang_domain::paging::{OrderBy, PageRequest};
use madang_domain::permissions::Denial;
use madang_domain::posts::{CreatePost, create_post, delete_post};
use madang_domain::store::StoreError;
use madang_domain::text::FieldError;
use madang_persistence::{Options, StatementLog};
use madang_testkit::{Campus, TestDatabase, TestStore, World, on_each_database};

/// A school with a student and a moderator, and another school with a student.
struct Scene {
    store: TestStore,
    world: World,
    school: SchoolId,
    elsewhere: SchoolId,
    student: Actor,
    moderator: Actor,
    stranger: Actor,
}

impl Scene {
    fn new(database: TestDatabase) -> Self {
        Self::of(database.store())
    }

    fn of(store: TestStore) -> Self {
        let world = World::new();
        let campus = Campus::new(store.shared(), &world);
        let (school, elsewhere) = (campus.school("Hanbit"), campus.school("Garam"));
        let student = campus.member(school, "student", Role::Student);
        let moderator = campus.member(school, "moder", Role::Moderator);
        let stranger = campus.member(elsewhere, "stranger", Role::Student);
        Self { store, world, school, elsewhere, student, moderator, stranger }
    }

    fn campus(&self) -> Campus<'_> {
        Campus::new(self.store.shared(), &self.world)
    }

    fn ctx(&self, actor: &Actor) -> Ctx {
        self.campus().next_ctx(actor)
    }

    /// Opens a group board of `student`.
    fn open(&self, name: &str) -> Result<BoardId, CreateBoardError> {
        let ctx = self.ctx(&self.student);
        let command = group(name);
        self.store.write_blocking(move |uow| create_board(uow, &ctx, command.clone()))
    }

    fn view(&self, actor: &Actor, id: BoardId) -> Option<BoardView> {
        let ctx = self.ctx(actor);
        self.store.read_blocking(move |uow| find_board(uow, &ctx, id)).ok()
    }

    fn edit(&self, actor: &Actor, id: BoardId, command: EditBoard) -> Result<(), EditBoardError> {
        let ctx = self.ctx(actor);
        self.store.write_blocking(move |uow| edit_board(uow, &ctx, id, command.clone(), &|_| true))
    }

    fn delete(&self, actor: &Actor, id: BoardId) -> Result<(), DeleteBoardError> {
        let ctx = self.ctx(actor);
        self.store.write_blocking(move |uow| delete_board(uow, &ctx, id, &|_| true))
    }

    fn post(&self, board_id: BoardId, contents: &str) -> PostId {
        self.world.clock.advance(TimeDelta::minutes(1));
        let ctx = self.ctx(&self.student);
        let command = CreatePost {
            board_id,
            title: Some("Title".to_owned()),
            contents: contents.to_owned(),
            is_anonymous: None,
            is_question: false,
            images: Vec::new(),
            comments_locked: false,
        };
        self.store.write_blocking(move |uow| create_post(uow, &ctx, command.clone())).unwrap()
    }

    fn list(&self, actor: &Actor, filter: BoardFilter) -> Vec<String> {
        self.list_ordered(actor, filter, vec![OrderBy::ascending(BoardKey::Name)])
    }

    fn list_ordered(&self, actor: &Actor, filter: BoardFilter, order: Vec<OrderBy<BoardKey>>) -> Vec<String> {
        let (ctx, request) = (self.ctx(actor), PageRequest { page: 1, page_size: 20 });
        let query = BoardQuery { filter, order, request };
        let page =
            self.store.read_blocking::<_, StoreError, _>(move |uow| uow.boards().list(&ctx.actor, &query));
        let page = page.unwrap();
        assert_eq!(usize::try_from(page.count), Ok(page.items.len()));
        page.items.into_iter().map(|board| board.name).collect()
    }
}

fn group(name: &str) -> CreateBoard {
    CreateBoard {
        name: name.to_owned(),
        description: String::new(),
        category: BoardCategory::Group,
        flags: GroupFlags::default(),
    }
}

on_each_database! {
    fn brd_1_a_name_is_unique_among_the_live_boards_of_a_school(database) {
        let scene = Scene::new(database);
        let id = scene.open("Chess").unwrap();
        match scene.open("ＣHESS") {
            Err(CreateBoardError::Fields(fields)) => assert_eq!(fields, [("name", FieldError::Taken)]),
            other => panic!("{other:?}"),
        }
        scene.campus().board(scene.elsewhere, "Chess", BoardFlags::default());
        scene.world.clock.advance(TimeDelta::days(14));
        scene.delete(&scene.student, id).unwrap();
        scene.open("chess").unwrap();
    }

    fn brd_1_parallel_openings_of_one_name_succeed_once(database) {
        let scene = Scene::new(database);
        let (ctx, store) = (scene.ctx(&scene.student), scene.store.shared());
        let opened = in_parallel(6, move || {
            let ctx = ctx.clone();
            store.write_blocking(move |uow| create_board(uow, &ctx, group("Chess")))
        });
        assert_eq!(opened.iter().filter(|board| board.is_ok()).count(), 1);
        assert!(opened.iter().all(|board| matches!(board, Ok(_) | Err(CreateBoardError::Fields(_)))), "{opened:?}");
    }

    fn brd_3_members_open_a_few_group_boards(database) {
        let scene = Scene::new(database);
        let (ctx, store) = (scene.ctx(&scene.student), scene.store.shared());
        let opened = in_parallel(6, move || {
            let ctx = ctx.clone();
            let name = format!("{:?}", std::thread::current().id());
            store.write_blocking(move |uow| create_board(uow, &ctx, group(&name)))
        });
        assert_eq!(opened.iter().filter(|board| board.is_ok()).count(), 3);
        let limited = opened.iter().filter(|board| matches!(board, Err(CreateBoardError::LimitReached { limit: 3 })));
        assert_eq!(limited.count(), 3);
        let user = scene.student.user;
        let managed = scene.store.read_blocking::<_, StoreError, _>(move |uow| uow.boards().list_managed(user));
        assert_eq!(managed.unwrap().len(), 3);

        let ctx = scene.ctx(&scene.moderator);
        let refused = scene.store.write_blocking(move |uow| {
            let flags = GroupFlags { allow_anonymous: Some(false), anonymous_only: Some(true), ..GroupFlags::default() };
            create_board(uow, &ctx, CreateBoard { category: BoardCategory::Basic, flags, ..group("Basic") })
        });
        match refused {
            Err(CreateBoardError::Fields(fields)) => {
                let not_allowed = FieldError::NotAllowed;
                assert_eq!(fields, [("category", not_allowed), ("anonymous_only", not_allowed)]);
            }
            other => panic!("{other:?}"),
        }
    }

    fn brd_4_the_manager_edits_and_nobody_else(database) {
        let scene = Scene::new(database);
        let id = scene.open("Chess").unwrap();
        let before = scene.view(&scene.student, id).unwrap();
        assert_eq!(before.manager.map(|manager| manager.nickname), Some("student".to_owned()));
        let command = EditBoard {
            description: Some("Openings".to_owned()),
            hot_eligible: Some(false),
            notice_post_id: None,
        };
        let refused = scene.edit(&scene.moderator, id, command.clone());
        assert!(matches!(refused, Err(EditBoardError::Denied(Denial::Forbidden))));
        assert!(matches!(scene.edit(&scene.stranger, id, command.clone()), Err(EditBoardError::NotFound)));
        scene.edit(&scene.student, id, command).unwrap();
        let after = scene.view(&scene.student, id).unwrap().board;
        assert_eq!((after.description.as_str(), after.flags.hot_eligible), ("Openings", false));
        assert!(after.updated_at > before.board.updated_at);
        scene.edit(&scene.student, id, EditBoard::default()).unwrap();
        assert_eq!(scene.view(&scene.student, id).unwrap().board, after, "nothing changed");
    }

    fn brd_5_the_notice_is_a_live_post_of_the_board_and_goes_with_it(database) {
        let scene = Scene::new(database);
        let (id, other) = (scene.open("Chess").unwrap(), scene.open("Go").unwrap());
        let (own, foreign) = (scene.post(id, "Welcome"), scene.post(other, "Elsewhere"));
        let notice = |post| EditBoard { notice_post_id: Some(post), ..EditBoard::default() };
        match scene.edit(&scene.student, id, notice(Some(foreign))) {
            Err(EditBoardError::Fields(fields)) => assert_eq!(fields, [("notice_post_id", FieldError::NotAllowed)]),
            other => panic!("{other:?}"),
        }
        scene.edit(&scene.student, id, notice(Some(own))).unwrap();
        let shown = || scene.view(&scene.moderator, id).unwrap().notice.map(|notice| (notice.id, notice.title));
        assert_eq!(shown(), Some((own, Some("Title".to_owned()))));
        let ctx = scene.ctx(&scene.student);
        scene.store.write_blocking(move |uow| delete_post(uow, &ctx, own, &|_| true)).unwrap();
        assert_eq!(shown(), None);
        scene.edit(&scene.student, id, notice(None)).unwrap();
        assert_eq!(scene.view(&scene.student, id).unwrap().board.notice_post_id, None);
    }

    fn brd_7_a_manager_deletes_a_quiet_board_only(database) {
        let scene = Scene::new(database);
        let id = scene.open("Chess").unwrap();
        scene.world.clock.advance(TimeDelta::days(10));
        scene.post(id, "Move");
        scene.world.clock.advance(TimeDelta::days(10));
        let refused = scene.delete(&scene.student, id);
        assert!(matches!(refused, Err(DeleteBoardError::Denied(Denial::BoardActive { .. }))), "{refused:?}");
        assert!(matches!(scene.delete(&scene.stranger, id), Err(DeleteBoardError::NotFound)));
        scene.world.clock.advance(TimeDelta::days(4));
        scene.delete(&scene.student, id).unwrap();
        assert_eq!(scene.view(&scene.student, id), None);
        assert_eq!(scene.list(&scene.student, BoardFilter::default()), [""; 0]);
        assert!(matches!(scene.delete(&scene.student, id), Err(DeleteBoardError::NotFound)));
    }

    fn con_9_parallel_deletes_delete_once(database) {
        let scene = Scene::new(database);
        let id = scene.open("Chess").unwrap();
        scene.world.clock.advance(TimeDelta::days(14));
        let (ctx, store) = (scene.ctx(&scene.student), scene.store.shared());
        let deleted = in_parallel(6, move || {
            let ctx = ctx.clone();
            store.write_blocking(move |uow| delete_board(uow, &ctx, id, &|_| true))
        });
        assert_eq!(deleted.iter().filter(|done| done.is_ok()).count(), 1);
        assert_eq!(deleted.iter().filter(|done| matches!(done, Err(DeleteBoardError::NotFound))).count(), 5);
    }

    fn cnt_1_posts_add_themselves(database) {
        let scene = Scene::new(database);
        let id = scene.open("Chess").unwrap();
        let store = scene.store.shared();
        in_parallel(8, move || {
            store.write_blocking::<_, StoreError, _>(move |uow| uow.boards().bump_posts(id, 1, None)).unwrap();
        });
        assert_eq!(scene.view(&scene.student, id).unwrap().board.post_count, 8);
    }

    fn vis_7_lists_hold_the_boards_of_the_own_school(database) {
        let scene = Scene::new(database);
        let campus = scene.campus();
        let open = BoardFlags { guest_readable: true, ..BoardFlags::default() };
        campus.board(scene.school, "beta", open);
        scene.world.clock.advance(TimeDelta::seconds(1));
        campus.board(scene.school, "Alpha", BoardFlags::default());
        campus.board(scene.elsewhere, "Gamma", open);
        scene.open("가람").unwrap();
        let admin = campus.member(scene.elsewhere, "chief", Role::Admin);

        let all = BoardFilter::default;
        assert_eq!(scene.list(&scene.student, all()), ["Alpha", "beta", "가람"]);
        assert_eq!(scene.list(&scene.stranger, all()), ["Gamma"]);
        assert_eq!(scene.list(&admin, all()), ["Alpha", "beta", "Gamma", "가람"]);
        let of = |school| BoardFilter { school: Some(OneOf(vec![school])), ..all() };
        assert_eq!(scene.list(&scene.student, of(scene.elsewhere)), [""; 0]);
        assert_eq!(scene.list(&admin, of(scene.elsewhere)), ["Gamma"]);

        let newest = vec![OrderBy::descending(BoardKey::CreatedAt)];
        assert_eq!(scene.list_ordered(&scene.student, all(), newest), ["가람", "Alpha", "beta"]);
        let readable = BoardFilter { guest_readable: Some(true), ..all() };
        assert_eq!(scene.list(&scene.student, readable), ["beta"]);
        let group = BoardFilter { category: Some(OneOf(vec![BoardCategory::Group])), ..all() };
        assert_eq!(scene.list(&scene.student, group), ["가람"]);
        let named = BoardFilter { name: vec![TextTest::new(TextLookup::IStartsWith, "ALPH")], ..all() };
        assert_eq!(scene.list(&scene.student, named), ["Alpha"]);
    }

    fn a_detail_is_one_statement_and_a_page_two(database) {
        let log = StatementLog::default();
        let options = Options { statements: Some(log.clone()), ..database.options() };
        let scene = Scene::of(database.store_with(options));
        let id = scene.open("Chess").unwrap();
        scene.open("Go").unwrap();
        log.take();
        scene.view(&scene.student, id).unwrap();
        scene.list(&scene.student, BoardFilter::default());
        let statements: Vec<usize> = log.take().iter().map(|unit| unit.statements.len()).collect();
        assert_eq!(statements, [1, 2]);
    }
}
