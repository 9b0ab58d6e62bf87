//! The contract of comments.

mod anonymity;
mod either_way;
mod parallel;
mod placeholders;
mod plans;
mod purge;

use chrono::TimeDelta;
use madang_domain::actor::{Actor, Role};
use madang_domain::boards::BoardFlags;
use madang_domain::comments::{
    ChangeCommentError, CreateComment, CreateCommentError, EditCommentError, FindCommentError,
    OwnCommentFilter, SeenComment, create_comment, delete_comment, edit_comment, find_comment, list_comments,
    list_own_comments, list_replies,
};
use madang_domain::ctx::Ctx;
use madang_domain::filters::OneOf;
use madang_domain::ids::{BoardId, CommentId, PostId};
use madang_domain::paging::{Feed, FeedOrder, FeedRequest, From, Position};
use madang_domain::permissions::Denial;
use madang_domain::posts::{
    CreatePost, PostFilter, PostView, create_post, delete_post, find_post, list_own_posts,
};
use madang_domain::text::FieldError;
use madang_domain::trash::{RestoreTrashError, list_trash, restore_trash};
use madang_testkit::{Campus, TestDatabase, TestStore, World, on_each_database};

/// A school with a board, and three of its students, of whom the first has posted.
pub(crate) struct Scene {
    pub(crate) store: TestStore,
    pub(crate) world: World,
    pub(crate) board: BoardId,
    pub(crate) author: Actor,
    pub(crate) one: Actor,
    pub(crate) two: Actor,
}

impl Scene {
    pub(crate) fn new(database: TestDatabase) -> Self {
        Self::with(database, World::new(), BoardFlags::default())
    }

    pub(crate) fn with(database: TestDatabase, world: World, flags: BoardFlags) -> Self {
        Self::on(database.store(), world, flags)
    }

    pub(crate) fn on(store: TestStore, world: World, flags: BoardFlags) -> Self {
        let campus = Campus::new(store.shared(), &world);
        let school = campus.school("한빛대학교");
        let board = campus.board(school, "자유게시판", flags);
        let author = campus.member(school, "author", Role::Student);
        let one = campus.member(school, "first", Role::Student);
        let two = campus.member(school, "second", Role::Student);
        Self { store, world, board, author, one, two }
    }

    pub(crate) fn campus(&self) -> Campus<'_> {
        Campus::new(self.store.shared(), &self.world)
    }

    /// `actor` a minute later, past every interval between posts.
    pub(crate) fn ctx(&self, actor: &Actor) -> Ctx {
        self.world.clock.advance(TimeDelta::minutes(1));
        self.world.moment().acting(actor.clone())
    }

    pub(crate) fn post_with(&self, change: impl FnOnce(&mut CreatePost)) -> PostId {
        let mut command = CreatePost {
            board_id: self.board,
            title: Some("제목".to_owned()),
            contents: format!("글 {}", self.world.now()),
            is_anonymous: None,
            is_question: false,
            images: Vec::new(),
            comments_locked: false,
        };
        change(&mut command);
        let ctx = self.ctx(&self.author);
        self.store.write_blocking(move |uow| create_post(uow, &ctx, command.clone())).unwrap()
    }

    pub(crate) fn post(&self) -> PostId {
        self.post_with(|_| {})
    }

    pub(crate) fn find_post(&self, actor: &Actor, id: PostId) -> PostView {
        let ctx = self.ctx(actor);
        self.store.read_blocking(move |uow| find_post(uow, &ctx, id)).unwrap().post
    }

    pub(crate) fn try_write(
        &self,
        actor: &Actor,
        command: CreateComment,
    ) -> Result<CommentId, CreateCommentError> {
        let ctx = self.ctx(actor);
        self.store.write_blocking(move |uow| create_comment(uow, &ctx, command.clone()))
    }

    pub(crate) fn write(&self, actor: &Actor, post: PostId) -> CommentId {
        self.try_write(actor, command(post)).unwrap()
    }

    pub(crate) fn write_anonymously(&self, actor: &Actor, post: PostId) -> CommentId {
        self.try_write(actor, CreateComment { is_anonymous: Some(true), ..command(post) }).unwrap()
    }

    pub(crate) fn reply(&self, actor: &Actor, post: PostId, parent: CommentId) -> CommentId {
        self.try_write(actor, CreateComment { parent_id: Some(parent), ..command(post) }).unwrap()
    }

    pub(crate) fn find(&self, actor: &Actor, id: CommentId) -> Result<SeenComment, FindCommentError> {
        let ctx = self.ctx(actor);
        self.store.read_blocking(move |uow| find_comment(uow, &ctx, id))
    }

    pub(crate) fn list_from(&self, actor: &Actor, post: PostId, request: FeedRequest) -> Feed<SeenComment> {
        let ctx = self.ctx(actor);
        self.store.read_blocking(move |uow| list_comments(uow, &ctx, post, request)).unwrap()
    }

    pub(crate) fn list(&self, actor: &Actor, post: PostId) -> Vec<SeenComment> {
        self.list_from(actor, post, oldest(100)).items
    }

    pub(crate) fn try_delete(&self, actor: &Actor, id: CommentId) -> Result<(), ChangeCommentError> {
        let ctx = self.ctx(actor);
        self.store.write_blocking(move |uow| delete_comment(uow, &ctx, id, &|_| true))
    }

    pub(crate) fn delete(&self, actor: &Actor, id: CommentId) {
        self.try_delete(actor, id).unwrap();
    }

    pub(crate) fn restore(&self, actor: &Actor, id: CommentId) -> Result<(), RestoreTrashError> {
        let ctx = self.ctx(actor);
        self.store.write_blocking(move |uow| restore_trash(uow, &ctx, id.0)).map(drop)
    }

    /// Deletes the post and looks away.
    fn delete_post(&self, post: PostId) {
        let ctx = self.ctx(&self.author);
        self.store.write_blocking(move |uow| delete_post(uow, &ctx, post, &|_| true)).unwrap();
    }

    fn own(&self, actor: &Actor, filter: OwnCommentFilter) -> Vec<CommentId> {
        let ctx = self.ctx(actor);
        let feed =
            self.store.read_blocking(move |uow| list_own_comments(uow, &ctx, &filter, newest(100))).unwrap();
        feed.items.iter().map(|own| own.seen.comment.id).collect()
    }
}

pub(crate) fn command(post_id: PostId) -> CreateComment {
    CreateComment { post_id, parent_id: None, contents: "댓글".to_owned(), is_anonymous: None }
}

pub(crate) fn oldest(limit: u32) -> FeedRequest {
    FeedRequest { from: From::Start, limit, order: FeedOrder::OldestFirst }
}

pub(crate) fn newest(limit: u32) -> FeedRequest {
    FeedRequest { from: From::Start, limit, order: FeedOrder::NewestFirst }
}

fn after(request: FeedRequest, position: Option<Position>) -> FeedRequest {
    FeedRequest { from: From::After(position.unwrap()), ..request }
}

pub(crate) fn ids(comments: &[SeenComment]) -> Vec<CommentId> {
    comments.iter().map(|seen| seen.comment.id).collect()
}

on_each_database! {
    fn cmt_1_only_a_live_top_level_comment_of_the_same_post_has_replies(database) {
        let scene = Scene::new(database);
        let (post, other) = (scene.post(), scene.post());
        let parent = scene.write(&scene.one, post);
        let reply = scene.reply(&scene.two, post, parent);
        let elsewhere = scene.write(&scene.one, other);
        let to = |parent: CommentId| {
            scene.try_write(&scene.two, CreateComment { parent_id: Some(parent), ..command(post) })
        };
        for bad in [reply, elsewhere, CommentId::from(uuid::Uuid::nil())] {
            let refused = to(bad);
            let Err(CreateCommentError::Fields(fields)) = refused else { panic!("{refused:?}") };
            assert_eq!(fields, [("parent_id", FieldError::InvalidParent)]);
        }
        assert_eq!(scene.find(&scene.one, reply).unwrap().can.reply, Err(Denial::InvalidParent));
        scene.delete(&scene.one, parent);
        assert!(matches!(to(parent), Err(CreateCommentError::NotFound)));
        assert_eq!(scene.find_post(&scene.one, post).comment_count, 1);
    }

    fn cmt_5_comments_come_oldest_first_with_their_first_replies(database) {
        let mut world = World::new();
        world.policy.comments.replies_inline = 2;
        let scene = Scene::with(database, world, BoardFlags::default());
        let post = scene.post();
        let comments: Vec<_> = (0..5).map(|_| scene.write(&scene.one, post)).collect();
        let replies: Vec<_> = (0..5).map(|_| scene.reply(&scene.two, post, comments[1])).collect();
        let only = scene.reply(&scene.author, post, comments[2]);

        let first = scene.list_from(&scene.one, post, oldest(3));
        assert_eq!(ids(&first.items), comments[..3]);
        assert_eq!(ids(&first.items[1].replies), replies[..2]);
        assert_eq!(first.items[1].comment.reply_count, 5);
        assert_eq!((ids(&first.items[2].replies), first.items[2].replies_next), (vec![only], None));
        let second = scene.list_from(&scene.one, post, after(oldest(3), first.next));
        assert_eq!((ids(&second.items), second.next), (comments[3..].to_vec(), None));
        let back = FeedRequest { from: From::Before(second.previous.unwrap()), ..oldest(3) };
        assert_eq!(ids(&scene.list_from(&scene.one, post, back).items), comments[..3]);
        let latest = scene.list_from(&scene.one, post, newest(2));
        assert_eq!(ids(&latest.items), [comments[4], comments[3]]);
        let earlier = scene.list_from(&scene.one, post, after(newest(2), latest.next));
        assert_eq!(ids(&earlier.items), [comments[2], comments[1]]);
        assert_eq!(ids(&earlier.items[1].replies), replies[..2]);

        let (ctx, parent) = (scene.ctx(&scene.one), comments[1]);
        let request = after(oldest(2), first.items[1].replies_next);
        let rest = scene.store.read_blocking(move |uow| list_replies(uow, &ctx, parent, request)).unwrap();
        assert_eq!(ids(&rest.items), replies[2..4]);
        let found = scene.find(&scene.one, comments[1]).unwrap();
        assert_eq!(found, first.items[1]);
    }

    fn cmt_6_a_text_changes_where_the_board_lets_its_author(database) {
        let flags = BoardFlags { comments_editable: true, ..BoardFlags::default() };
        let scene = Scene::with(database, World::new(), flags);
        let id = scene.write(&scene.one, scene.post());
        let edit = |actor: &Actor, contents: &'static str| {
            let ctx = scene.ctx(actor);
            scene.store.write_blocking(move |uow| edit_comment(uow, &ctx, id, Some(contents), &|_| true))
        };
        edit(&scene.one, "댓글").unwrap();
        let unchanged = scene.find(&scene.one, id).unwrap().comment;
        assert_eq!(unchanged.updated_at, unchanged.created_at);
        edit(&scene.one, "고친 댓글").unwrap();
        let changed = scene.find(&scene.one, id).unwrap().comment;
        assert_eq!(changed.contents, "고친 댓글");
        assert!(changed.updated_at > changed.created_at);
        let refused = edit(&scene.two, "남의 댓글");
        let Err(EditCommentError::Change(ChangeCommentError::Denied(Denial::Forbidden))) = refused else {
            panic!("{refused:?}")
        };
    }

    fn cmt_6_editing_is_switched_off_by_default(database) {
        let scene = Scene::new(database);
        let id = scene.write(&scene.one, scene.post());
        for actor in [&scene.one, &scene.two] {
            let ctx = scene.ctx(actor);
            let refused =
                scene.store.write_blocking(move |uow| edit_comment(uow, &ctx, id, Some("새 글"), &|_| true));
            let Err(EditCommentError::Change(ChangeCommentError::Denied(Denial::SwitchedOff))) = refused else {
                panic!("{refused:?}")
            };
            assert_eq!(scene.find(actor, id).unwrap().can.edit, Err(Denial::SwitchedOff));
        }
    }

    fn cmt_7_a_restored_comment_is_as_it_was(database) {
        let scene = Scene::new(database);
        let post = scene.post();
        scene.write_anonymously(&scene.two, post);
        let id = scene.write_anonymously(&scene.one, post);
        scene.reply(&scene.two, post, id);
        let before = scene.find(&scene.two, id).unwrap();
        scene.delete(&scene.one, id);
        assert!(matches!(scene.find(&scene.two, id), Err(FindCommentError::Denied(Denial::NotFound))));
        let (ctx, others) = (scene.ctx(&scene.one), scene.ctx(&scene.two));
        let trash = scene.store.read_blocking(move |uow| list_trash(uow, &ctx, None, newest(20))).unwrap().items;
        assert_eq!(trash.iter().map(|item| (item.entry.id, item.restore)).collect::<Vec<_>>(), [(id.0, Ok(()))]);
        assert_eq!(trash[0].entry.excerpt.as_deref(), Some("댓글"));
        assert_eq!(scene.store.read_blocking(move |uow| list_trash(uow, &others, None, newest(20))).unwrap().items, []);
        assert!(matches!(scene.restore(&scene.two, id), Err(RestoreTrashError::NotFound)));
        scene.restore(&scene.one, id).unwrap();
        assert!(matches!(scene.restore(&scene.one, id), Err(RestoreTrashError::NotFound)));
        assert_eq!(scene.find(&scene.two, id).unwrap(), before);
    }

    fn cmt_7_nothing_is_restored_into_a_deleted_post(database) {
        let scene = Scene::new(database);
        let post = scene.post();
        let id = scene.write(&scene.one, post);
        scene.delete(&scene.one, id);
        scene.delete_post(post);
        let ctx = scene.ctx(&scene.one);
        let trash = scene.store.read_blocking(move |uow| list_trash(uow, &ctx, None, newest(20))).unwrap().items;
        assert_eq!(trash[0].restore, Err(Denial::NotRestorable));
        assert!(matches!(scene.restore(&scene.one, id), Err(RestoreTrashError::NotRestorable)));
        let ctx = scene.ctx(&scene.author);
        scene.store.write_blocking(move |uow| restore_trash(uow, &ctx, post.0)).unwrap();
        scene.restore(&scene.one, id).unwrap();
        assert_eq!(scene.find_post(&scene.one, post).comment_count, 1);
    }

    fn del_3_the_comments_of_a_deleted_post_return_with_it(database) {
        let scene = Scene::new(database);
        let post = scene.post();
        let id = scene.write(&scene.one, post);
        scene.delete_post(post);
        assert!(matches!(scene.find(&scene.one, id), Err(FindCommentError::NotFound)));
        assert!(matches!(scene.try_delete(&scene.one, id), Err(ChangeCommentError::NotFound)));
        assert_eq!(scene.own(&scene.one, OwnCommentFilter::default()), []);
        let ctx = scene.ctx(&scene.author);
        scene.store.write_blocking(move |uow| restore_trash(uow, &ctx, post.0)).unwrap();
        assert_eq!(ids(&scene.list(&scene.one, post)), [id]);
        assert_eq!(scene.find_post(&scene.one, post).comment_count, 1);
    }

    fn post_5_the_first_comment_of_somebody_else_locks_a_question(database) {
        let scene = Scene::new(database);
        for anonymous in [false, true] {
            let post = scene.post_with(|post| (post.is_question, post.is_anonymous) = (true, Some(anonymous)));
            let own = scene.try_write(&scene.author, CreateComment { is_anonymous: Some(true), ..command(post) });
            own.unwrap();
            assert_eq!(scene.find_post(&scene.author, post).answered_at, None);
            let id = scene.write(&scene.one, post);
            let first = scene.find_post(&scene.author, post).answered_at;
            assert!(first.is_some());
            scene.write(&scene.two, post);
            scene.delete(&scene.one, id);
            assert_eq!(scene.find_post(&scene.author, post).answered_at, first);
            let ctx = scene.ctx(&scene.author);
            let refused = scene.store.write_blocking(move |uow| delete_post(uow, &ctx, post, &|_| true));
            assert!(refused.is_err());
        }
    }

    fn post_12_a_lock_stops_new_comments_by_everyone(database) {
        let scene = Scene::new(database);
        let post = scene.post_with(|post| post.comments_locked = true);
        for actor in [&scene.author, &scene.one] {
            let refused = scene.try_write(actor, command(post));
            let Err(CreateCommentError::Denied(Denial::CommentsLocked)) = refused else { panic!("{refused:?}") };
            let ctx = scene.ctx(actor);
            let seen = scene.store.read_blocking(move |uow| find_post(uow, &ctx, post)).unwrap();
            assert_eq!(seen.can.comment, Err(Denial::CommentsLocked));
        }
    }

    fn vis_7_another_school_meets_no_comment(database) {
        let scene = Scene::new(database);
        let post = scene.post();
        let id = scene.write(&scene.one, post);
        let campus = scene.campus();
        let other_school = campus.school("다른대학교");
        let stranger = campus.member(other_school, "stranger", Role::Moderator);
        let admin = campus.member(other_school, "admin1", Role::Admin);
        assert!(matches!(scene.find(&stranger, id), Err(FindCommentError::NotFound)));
        assert!(matches!(scene.try_write(&stranger, command(post)), Err(CreateCommentError::NotFound)));
        assert!(matches!(scene.try_delete(&stranger, id), Err(ChangeCommentError::NotFound)));
        let ctx = scene.ctx(&stranger);
        assert!(scene.store.read_blocking(move |uow| list_comments(uow, &ctx, post, oldest(20))).is_err());
        assert_eq!(scene.find(&admin, id).unwrap().comment.id, id);
        assert!(matches!(scene.try_delete(&admin, id), Err(ChangeCommentError::Denied(Denial::Forbidden))));
    }

    fn vis_3_ones_own_lists_hold_named_and_anonymous_items(database) {
        let scene = Scene::new(database);
        let posts = [scene.post(), scene.post_with(|post| post.is_anonymous = Some(true))];
        let elsewhere = scene.campus().board(scene.one.school, "다른 게시판", BoardFlags::default());
        let third = scene.post_with(|post| post.board_id = elsewhere);
        let own = [scene.write(&scene.one, posts[0]), scene.write_anonymously(&scene.one, posts[1]),
            scene.write_anonymously(&scene.one, third)];
        scene.write_anonymously(&scene.two, posts[1]);
        scene.write(&scene.author, posts[1]);
        assert_eq!(scene.own(&scene.one, OwnCommentFilter::default()), [own[2], own[1], own[0]]);
        let on_board = OwnCommentFilter { board: Some(OneOf(vec![elsewhere])), ..OwnCommentFilter::default() };
        assert_eq!(scene.own(&scene.one, on_board), [own[2]]);
        let under = OwnCommentFilter { post: Some(OneOf(vec![posts[0], posts[1]])), ..OwnCommentFilter::default() };
        assert_eq!(scene.own(&scene.one, under), [own[1], own[0]]);
        scene.delete(&scene.one, own[1]);
        assert_eq!(scene.own(&scene.one, OwnCommentFilter::default()), [own[2], own[0]]);

        let own_posts = |actor: &Actor, filter: PostFilter| {
            let ctx = scene.ctx(actor);
            let feed = scene.store.read_blocking(move |uow| list_own_posts(uow, &ctx, &filter, newest(20))).unwrap();
            feed.items.iter().map(|post| post.seen.post.id).collect::<Vec<_>>()
        };
        assert_eq!(own_posts(&scene.author, PostFilter::default()), [third, posts[1], posts[0]]);
        let anonymous = PostFilter { is_anonymous: Some(true), ..PostFilter::default() };
        assert_eq!(own_posts(&scene.author, anonymous), [posts[1]]);
        assert_eq!(own_posts(&scene.one, PostFilter::default()), []);
        scene.delete_post(posts[1]);
        assert_eq!(own_posts(&scene.author, PostFilter::default()), [third, posts[0]]);
    }
}
