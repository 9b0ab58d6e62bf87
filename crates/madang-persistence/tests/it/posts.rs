//! The contract of posts and of the trash.

mod filters;
pub(crate) mod plans;
mod reactions;
mod search;
mod views;

use chrono::TimeDelta;
use madang_domain::actor::{Actor, Role};
use madang_domain::boards::BoardFlags;
use madang_domain::ctx::Ctx;
use madang_domain::filters::OneOf;
use madang_domain::ids::{BoardId, PostId, SchoolId};
use madang_domain::paging::{Feed, FeedOrder, FeedRequest, From};
use madang_domain::posts::{
    Author, CreatePost, CreatePostError, EditPost, EditPostError, FindPostError, NewPost, PostFilter,
    PostSummary, create_post, delete_post, edit_post, find_post, list_board_posts, list_posts,
};
use madang_domain::store::StoreError;
use madang_domain::trash::{RestoreTrashError, list_trash, restore_trash};
use madang_testkit::{Campus, TestDatabase, TestStore, World, on_each_database};
use std::sync::Arc;
use std::thread;

/// A school with a board, and two of its students.
struct Scene {
    store: TestStore,
    world: World,
    board: BoardId,
    author: Actor,
    reader: Actor,
}

impl Scene {
    fn new(database: TestDatabase) -> Self {
        Self::on_board(database, BoardFlags::default())
    }

    fn on_board(database: TestDatabase, flags: BoardFlags) -> Self {
        Self::on_store(database.store(), flags)
    }

    fn on_store(store: TestStore, flags: BoardFlags) -> Self {
        let world = World::new();
        let campus = Campus::new(store.shared(), &world);
        let school = campus.school("한빛대학교");
        let board = campus.board(school, "자유게시판", flags);
        let author = campus.member(school, "author", Role::Student);
        let reader = campus.member(school, "reader", Role::Student);
        Self { store, world, board, author, reader }
    }

    fn campus(&self) -> Campus<'_> {
        Campus::new(self.store.shared(), &self.world)
    }

    /// `actor` a minute later, past every interval between posts.
    fn ctx(&self, actor: &Actor) -> Ctx {
        self.world.clock.advance(TimeDelta::minutes(1));
        self.world.moment().acting(actor.clone())
    }

    fn command(&self, contents: &str) -> CreatePost {
        CreatePost {
            board_id: self.board,
            title: None,
            contents: contents.to_owned(),
            is_anonymous: None,
            is_question: false,
            images: Vec::new(),
            comments_locked: false,
        }
    }

    fn write(&self, command: CreatePost) -> PostId {
        let ctx = self.ctx(&self.author);
        self.store.write_blocking(move |uow| create_post(uow, &ctx, command.clone())).unwrap()
    }

    fn write_text(&self, contents: &str) -> PostId {
        self.write(self.command(contents))
    }

    fn delete(&self, id: PostId) {
        let ctx = self.ctx(&self.author);
        self.store.write_blocking(move |uow| delete_post(uow, &ctx, id, &|_| true)).unwrap();
    }

    fn list(&self, actor: &Actor, filter: PostFilter, request: FeedRequest) -> Feed<PostSummary> {
        let ctx = self.ctx(actor);
        self.store.read_blocking(move |uow| list_posts(uow, &ctx, &filter, request)).unwrap()
    }

    fn listed(&self, actor: &Actor, filter: PostFilter) -> Vec<PostId> {
        ids(&self.list(actor, filter, newest(100)))
    }

    fn post_count(&self) -> i64 {
        let board = self.board;
        self.store
            .read_blocking::<_, StoreError, _>(move |uow| uow.boards().find(board))
            .unwrap()
            .unwrap()
            .post_count
    }
}

fn newest(limit: u32) -> FeedRequest {
    FeedRequest { from: From::Start, limit, order: FeedOrder::NewestFirst }
}

/// A post past every rule.
pub(crate) fn new_post(ctx: &Ctx, school_id: SchoolId, board_id: BoardId, contents: &str) -> NewPost {
    NewPost {
        id: ctx.fresh(),
        school_id,
        board_id,
        author: ctx.actor.user,
        is_anonymous: false,
        is_question: false,
        comments_locked: false,
        title: None,
        contents: contents.to_owned(),
        hashtags: Vec::new(),
        images: Vec::new(),
        created_at: ctx.now,
    }
}

fn ids(feed: &Feed<PostSummary>) -> Vec<PostId> {
    feed.items.iter().map(|item| item.seen.post.id).collect()
}

on_each_database! {
    fn x_2_a_feed_walks_by_key_both_ways_while_posts_arrive(database) {
        let scene = Scene::new(database);
        let written: Vec<_> = (0..7).map(|n| scene.write_text(&format!("글 {n}"))).collect();
        let newest_first: Vec<_> = written.iter().rev().copied().collect();

        let first = scene.list(&scene.reader, PostFilter::default(), newest(3));
        assert_eq!(ids(&first), newest_first[..3]);
        assert_eq!(first.previous, None);
        scene.write_text("나중 글");
        let after = |position| FeedRequest { from: From::After(position), ..newest(3) };
        let second = scene.list(&scene.reader, PostFilter::default(), after(first.next.unwrap()));
        assert_eq!(ids(&second), newest_first[3..6]);
        let third = scene.list(&scene.reader, PostFilter::default(), after(second.next.unwrap()));
        assert_eq!((ids(&third), third.next), (newest_first[6..].to_vec(), None));
        let back = FeedRequest { from: From::Before(third.previous.unwrap()), ..newest(3) };
        assert_eq!(ids(&scene.list(&scene.reader, PostFilter::default(), back)), newest_first[3..6]);

        let oldest = FeedRequest { order: FeedOrder::OldestFirst, ..newest(2) };
        assert_eq!(ids(&scene.list(&scene.reader, PostFilter::default(), oldest)), written[..2]);
    }

    fn anon_3_an_anonymous_post_tells_its_author_to_nobody_but_the_author(database) {
        let scene = Scene::new(database);
        let id = scene.write(CreatePost { is_anonymous: Some(true), ..scene.command("비밀") });
        let seen_by = |actor: &Actor| {
            let ctx = scene.ctx(actor);
            scene.store.read_blocking(move |uow| find_post(uow, &ctx, id)).unwrap().post
        };
        let (own, other) = (seen_by(&scene.author), seen_by(&scene.reader));
        assert_eq!(own.author, Author::Anonymous { number: None });
        assert_eq!(other.author, Author::Anonymous { number: None });
        assert_eq!((own.is_mine, other.is_mine), (true, false));
        let admin = scene.campus().member(scene.author.school, "admin1", Role::Admin);
        assert!(!seen_by(&admin).is_mine);
    }

    fn post_9_the_author_filter_finds_named_posts_and_ones_own_anonymous_ones(database) {
        let scene = Scene::new(database);
        let named = scene.write_text("이름 있는 글");
        let anonymous = scene.write(CreatePost { is_anonymous: Some(true), ..scene.command("이름 없는 글") });
        let by_author = || PostFilter { author: Some(OneOf(vec![scene.author.user])), ..PostFilter::default() };
        assert_eq!(scene.listed(&scene.reader, by_author()), [named]);
        assert_eq!(scene.listed(&scene.author, by_author()), [anonymous, named]);
        let by_reader = PostFilter { author: Some(OneOf(vec![scene.reader.user])), ..PostFilter::default() };
        assert_eq!(scene.listed(&scene.author, by_reader), []);
    }

    fn vis_7_another_school_sees_nothing_and_an_admin_everything(database) {
        let scene = Scene::new(database);
        let id = scene.write_text("우리 학교 글");
        let campus = scene.campus();
        let other_school = campus.school("다른대학교");
        let stranger = campus.member(other_school, "stranger", Role::Moderator);
        let admin = campus.member(other_school, "admin1", Role::Admin);
        let find = |actor: &Actor| {
            let ctx = scene.ctx(actor);
            scene.store.read_blocking(move |uow| find_post(uow, &ctx, id))
        };
        assert!(matches!(find(&stranger), Err(FindPostError::NotFound)));
        assert_eq!(find(&admin).unwrap().post.id, id);
        assert_eq!(scene.listed(&stranger, PostFilter::default()), []);
        assert_eq!(scene.listed(&admin, PostFilter::default()), [id]);
        let ctx = scene.ctx(&stranger);
        let (board, filter) = (scene.board, PostFilter::default());
        let listed = scene.store.read_blocking(move |uow| list_board_posts(uow, &ctx, board, &filter, newest(20)));
        assert!(listed.is_err());
    }

    fn vis_1c_guests_see_only_boards_that_are_open_to_them(database) {
        let scene = Scene::new(database);
        scene.write_text("학생만");
        let campus = scene.campus();
        let open = campus.board(scene.author.school, "새내기", BoardFlags { guest_readable: true, ..BoardFlags::default() });
        let public = scene.write(CreatePost { board_id: open, ..scene.command("누구나") });
        let guest = campus.member(scene.author.school, "guest1", Role::Guest);
        assert_eq!(scene.listed(&guest, PostFilter::default()), [public]);
    }

    fn post_2_posts_of_one_board_keep_their_interval_deleted_ones_included(database) {
        let scene = Scene::new(database);
        let first = scene.ctx(&scene.author);
        let (at, command) = (first.now, scene.command("하나"));
        let id = scene.store.write_blocking(move |uow| create_post(uow, &first, command.clone())).unwrap();
        let second = |after: TimeDelta, text: &str| {
            scene.world.clock.set(at + after);
            let (ctx, command) = (scene.world.moment().acting(scene.author.clone()), scene.command(text));
            scene.store.write_blocking(move |uow| create_post(uow, &ctx, command.clone()))
        };
        let ctx = scene.world.moment().acting(scene.author.clone());
        scene.store.write_blocking(move |uow| delete_post(uow, &ctx, id, &|_| true)).unwrap();
        let Err(CreatePostError::Cooldown { available_at, wait }) = second(TimeDelta::seconds(4), "둘") else {
            panic!("the interval was not kept");
        };
        assert_eq!((available_at, wait), (at + TimeDelta::seconds(10), TimeDelta::seconds(6)));
        assert!(second(TimeDelta::seconds(10), "둘").is_ok());
    }

    fn post_2_promotion_boards_of_a_school_share_one_interval(database) {
        let flags = BoardFlags { is_promotion: true, ..BoardFlags::default() };
        let scene = Scene::on_board(database, flags);
        let other = scene.campus().board(scene.author.school, "홍보2", flags);
        scene.write_text("홍보 하나");
        let (ctx, command) = (scene.ctx(&scene.author), CreatePost { board_id: other, ..scene.command("홍보 둘") });
        let refused = scene.store.write_blocking(move |uow| create_post(uow, &ctx, command.clone()));
        assert!(matches!(refused, Err(CreatePostError::Cooldown { wait, .. }) if wait > TimeDelta::hours(71)));
    }

    fn post_3_the_same_text_twice_in_a_row_is_refused(database) {
        let scene = Scene::new(database);
        let id = scene.write_text("중고책  팝니다 ABC");
        scene.delete(id);
        let again = |text: &str| {
            let (ctx, command) = (scene.ctx(&scene.author), scene.command(text));
            scene.store.write_blocking(move |uow| create_post(uow, &ctx, command.clone()))
        };
        assert!(matches!(again("중고책 팝니다\nabc"), Err(CreatePostError::DuplicateText)));
        assert!(again("다른 글").is_ok());
        assert!(again("중고책 팝니다 abc").is_ok());
    }

    fn con_9_parallel_deletes_delete_once(database) {
        let scene = Scene::new(database);
        let id = scene.write_text("지울 글");
        let ctx = scene.ctx(&scene.author);
        let store = scene.store.shared();
        let done = in_parallel(8, move || {
            let ctx = ctx.clone();
            store.write_blocking(move |uow| delete_post(uow, &ctx, id, &|_| true)).is_ok()
        });
        assert_eq!(done.iter().filter(|done| **done).count(), 1);
        assert_eq!(scene.post_count(), 0);
    }

    fn con_10_parallel_edits_of_one_state_succeed_once(database) {
        let scene = Scene::new(database);
        let id = scene.write_text("처음");
        let ctx = scene.ctx(&scene.author);
        let store = scene.store.shared();
        let results = in_parallel(8, move || {
            let ctx = ctx.clone();
            store.write_blocking(move |uow| {
                let contents = format!("{:?}", thread::current().id());
                let command = EditPost { contents: Some(contents), ..EditPost::default() };
                edit_post(uow, &ctx, id, command, &|seen| seen.post.contents == "처음")
            })
        });
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
        let refused = results.iter().filter(|result| {
            matches!(result, Err(EditPostError::Change(madang_domain::posts::ChangePostError::PreconditionFailed)))
        });
        assert_eq!(refused.count(), 7);
    }

    fn post_2_parallel_posts_of_one_person_pass_once(database) {
        let scene = Scene::new(database);
        let ctx = scene.ctx(&scene.author);
        let (store, board) = (scene.store.shared(), scene.board);
        let results = in_parallel(8, move || {
            let ctx = ctx.clone();
            store.write_blocking(move |uow| {
                let command = CreatePost {
                    board_id: board,
                    title: None,
                    contents: format!("{:?}", thread::current().id()),
                    is_anonymous: None,
                    is_question: false,
                    images: Vec::new(),
                    comments_locked: false,
                };
                create_post(uow, &ctx, command)
            })
        });
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
        assert_eq!(scene.post_count(), 1);
    }

    fn del_2_a_restored_post_is_as_it_was(database) {
        let scene = Scene::new(database);
        let id = scene.write(CreatePost { is_anonymous: Some(true), ..scene.command("되살릴 #글쓰기") });
        let find = || {
            let ctx = scene.ctx(&scene.author);
            scene.store.read_blocking(move |uow| find_post(uow, &ctx, id))
        };
        let before = find().unwrap().post;
        scene.delete(id);
        assert!(matches!(find(), Err(FindPostError::NotFound)));
        assert_eq!((scene.post_count(), scene.listed(&scene.author, PostFilter::default())), (0, vec![]));

        let trash = |actor: &Actor| {
            let ctx = scene.ctx(actor);
            scene.store.read_blocking(move |uow| list_trash(uow, &ctx, None, newest(20))).unwrap().items
        };
        assert_eq!(trash(&scene.author).iter().map(|item| item.entry.id).collect::<Vec<_>>(), [id.0]);
        assert_eq!(trash(&scene.reader), []);
        let restore = |actor: &Actor| {
            let ctx = scene.ctx(actor);
            scene.store.write_blocking(move |uow| restore_trash(uow, &ctx, id.0))
        };
        assert!(matches!(restore(&scene.reader), Err(RestoreTrashError::NotFound)));
        restore(&scene.author).unwrap();
        assert!(matches!(restore(&scene.author), Err(RestoreTrashError::NotFound)));
        assert_eq!(find().unwrap().post, before);
        assert_eq!(scene.post_count(), 1);
    }

    fn del_2_the_trash_ends_after_its_days(database) {
        let scene = Scene::new(database);
        let id = scene.write_text("오래된 글");
        scene.delete(id);
        scene.world.clock.advance(TimeDelta::days(30));
        let (list, restore) = (scene.ctx(&scene.author), scene.ctx(&scene.author));
        let listed = scene.store.read_blocking(move |uow| list_trash(uow, &list, None, newest(20))).unwrap();
        assert_eq!(listed.items, []);
        let restored = scene.store.write_blocking(move |uow| restore_trash(uow, &restore, id.0));
        assert!(matches!(restored, Err(RestoreTrashError::NotRestorable)));
    }
}

/// Runs `act` on `n` threads at once.
pub(crate) fn in_parallel<T: Send + 'static>(
    n: usize,
    act: impl Fn() -> T + Send + Sync + 'static,
) -> Vec<T> {
    let act = Arc::new(act);
    let threads: Vec<_> = (0..n)
        .map(|_| {
            let act = Arc::clone(&act);
            thread::spawn(move || act())
        })
        .collect();
    threads.into_iter().map(|thread| thread.join().unwrap()).collect()
}
