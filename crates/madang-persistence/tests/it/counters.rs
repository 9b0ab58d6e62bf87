//! Counters after random histories (CNT-3).
//!
//! Each kind of step is a row of `STEPS`: a new feature adds its own. What a step asks for may be refused, which is as
//! good a test as any; what counts is that the counters are right after it.

mod passing;
mod staff;

use crate::comments::Scene;
use chrono::TimeDelta;
use madang_domain::actor::{Actor, Role};
use madang_domain::blocks::{BlockTarget, CreateBlock, create_block};
use madang_domain::boards::BoardFlags;
use madang_domain::comments::{CreateComment, create_comment, delete_comment};
use madang_domain::counters::{Counter, WrongCounter, repair_counters};
use madang_domain::ctx::{Ctx, Entropy};
use madang_domain::ids::{BlockId, CommentId, PostId};
use madang_domain::likes::{like_comment, like_post, unlike_comment, unlike_post};
use madang_domain::posts::{CreatePost, create_post, delete_post};
use madang_domain::removals::TargetKind;
use madang_domain::scraps::{scrap_post, unscrap_post};
use madang_domain::store::{StoreError, UnitOfWork};
use madang_domain::trash::restore_trash;
use madang_domain::views::{View, record_views};
use madang_testkit::{TestDatabase, TestEntropy, World, on_each_database};
use uuid::Uuid;

const STEPS_A_RUN: usize = 1000;

/// A campus with a past.
struct History {
    scene: Scene,
    entropy: TestEntropy,
    people: Vec<Actor>,
    /// Who has withdrawn.
    left: Vec<Actor>,
    /// Who takes people back.
    staff: Actor,
    posts: Vec<PostId>,
    comments: Vec<(PostId, CommentId)>,
    deleted: Vec<Uuid>,
    likes: usize,
    blocks: Vec<(Actor, BlockId)>,
    unblocked: usize,
    removed: Vec<(TargetKind, Uuid)>,
    restored: usize,
    decided: usize,
    joined: usize,
    erased: usize,
    purged: usize,
}

/// One kind of step; the weight is how often it stands in the list.
type Step = fn(&mut History) -> &'static str;

const STEPS: [Step; 50] = [
    History::write_post,
    History::write_comment,
    History::write_comment,
    History::write_comment,
    History::write_reply,
    History::write_post,
    History::write_post,
    History::write_comment,
    History::write_comment,
    History::write_reply,
    History::delete_post,
    History::write_comment,
    History::write_comment,
    History::write_comment,
    History::write_reply,
    History::write_reply,
    History::delete_comment,
    History::delete_comment,
    History::restore,
    History::restore,
    History::like_post,
    History::unlike_post,
    History::scrap_post,
    History::unscrap_post,
    History::pause_comments,
    History::like_comment,
    History::like_comment,
    History::like_comment,
    History::unlike_comment,
    History::scrap_post,
    History::read_post,
    History::withdraw,
    History::withdraw,
    History::come_back,
    History::join,
    History::join,
    History::pass,
    History::pass,
    History::block,
    History::block,
    History::unblock,
    History::unblock,
    History::remove,
    History::remove,
    History::put_back,
    History::put_back,
    History::report,
    History::report,
    History::decide,
    History::decide,
];

impl History {
    fn new(database: TestDatabase, seed: u64) -> Self {
        let mut world = World::new();
        world.policy.posts.cooldown = TimeDelta::zero();
        world.policy.posts.refuse_duplicate = false;
        world.policy.moderation.hide_weight = 150;
        let flags = BoardFlags { likes_cancellable: true, ..BoardFlags::default() };
        let scene = Scene::with(database, world, flags);
        let moderator = scene.campus().member(scene.one.school, "warden", Role::Moderator);
        let people = vec![scene.author.clone(), scene.one.clone(), scene.two.clone(), moderator.clone()];
        let first = scene.post();
        Self {
            scene,
            entropy: TestEntropy::seeded(seed),
            people,
            left: Vec::new(),
            staff: moderator,
            posts: vec![first],
            comments: Vec::new(),
            deleted: Vec::new(),
            likes: 0,
            blocks: Vec::new(),
            unblocked: 0,
            removed: Vec::new(),
            restored: 0,
            decided: 0,
            joined: 0,
            erased: 0,
            purged: 0,
        }
    }

    fn draw(&self, below: usize) -> usize {
        let mut bytes = [0; 8];
        self.entropy.fill(&mut bytes);
        usize::try_from(u64::from_le_bytes(bytes) % below.max(1) as u64).unwrap()
    }

    fn somebody(&self) -> Ctx {
        let actor = self.people[self.draw(self.people.len())].clone();
        self.scene.ctx(&actor)
    }

    /// Mostly a recent one, so that things happen to one another.
    fn some_post(&self) -> PostId {
        let recent = self.posts.len().min(6);
        self.posts[self.posts.len() - 1 - self.draw(recent)]
    }

    fn some_comment(&self) -> Option<(PostId, CommentId)> {
        let recent = self.comments.len().min(12);
        let at = self.comments.len().checked_sub(1 + self.draw(recent))?;
        Some(self.comments[at])
    }

    /// Runs a use case; whether it was allowed.
    fn act<T: Send + 'static, E: From<StoreError> + Send + 'static>(
        &self,
        act: impl Fn(&mut dyn UnitOfWork) -> Result<T, E> + Send + 'static,
    ) -> Option<T> {
        self.scene.store.write_blocking(act).ok()
    }

    fn write_post(&mut self) -> &'static str {
        let (ctx, is_anonymous) = (self.somebody(), Some(self.draw(2) == 0));
        let command = CreatePost {
            board_id: self.scene.board,
            title: None,
            contents: "글".to_owned(),
            is_anonymous,
            is_question: self.draw(4) == 0,
            images: Vec::new(),
            comments_locked: false,
        };
        self.posts.extend(self.act(move |uow| create_post(uow, &ctx, command.clone())));
        "write a post"
    }

    fn delete_post(&mut self) -> &'static str {
        let (ctx, id) = (self.somebody(), self.some_post());
        if self.act(move |uow| delete_post(uow, &ctx, id, &|_| true)).is_some() {
            self.deleted.push(id.0);
        }
        "delete a post"
    }

    fn comment(&mut self, post_id: PostId, parent_id: Option<CommentId>) {
        let (ctx, is_anonymous) = (self.somebody(), Some(self.draw(2) == 0));
        let command = CreateComment { post_id, parent_id, contents: "댓글".to_owned(), is_anonymous };
        let id = self.act(move |uow| create_comment(uow, &ctx, command.clone()));
        self.comments.extend(id.map(|id| (post_id, id)));
    }

    fn write_comment(&mut self) -> &'static str {
        self.comment(self.some_post(), None);
        "comment"
    }

    fn write_reply(&mut self) -> &'static str {
        if let Some((post, parent)) = self.some_comment() {
            self.comment(post, Some(parent));
        }
        "reply"
    }

    fn delete_comment(&mut self) -> &'static str {
        if let Some((_, id)) = self.some_comment() {
            // Deleted by whoever wrote it: all try.
            for actor in self.people.clone() {
                let ctx = self.scene.ctx(&actor);
                if self.act(move |uow| delete_comment(uow, &ctx, id, &|_| true)).is_some() {
                    self.deleted.push(id.0);
                }
            }
        }
        "delete a comment"
    }

    fn restore(&mut self) -> &'static str {
        let recent = self.deleted.len().min(8);
        if let Some(at) = self.deleted.len().checked_sub(1 + self.draw(recent)) {
            let id = self.deleted[at];
            for actor in self.people.clone() {
                let ctx = self.scene.ctx(&actor);
                self.act(move |uow| restore_trash(uow, &ctx, id));
            }
        }
        "restore"
    }

    fn like_post(&mut self) -> &'static str {
        let (ctx, id) = (self.somebody(), self.some_post());
        self.act(move |uow| like_post(uow, &ctx, id));
        "like a post"
    }

    fn unlike_post(&mut self) -> &'static str {
        let (ctx, id) = (self.somebody(), self.some_post());
        self.act(move |uow| unlike_post(uow, &ctx, id));
        "unlike a post"
    }

    fn like_comment(&mut self) -> &'static str {
        if let Some((_, id)) = self.some_comment() {
            let ctx = self.somebody();
            self.likes += usize::from(self.act(move |uow| like_comment(uow, &ctx, id)).is_some());
        }
        "like a comment"
    }

    fn unlike_comment(&mut self) -> &'static str {
        if let Some((_, id)) = self.some_comment() {
            let ctx = self.somebody();
            self.act(move |uow| unlike_comment(uow, &ctx, id));
        }
        "unlike a comment"
    }

    fn read_post(&mut self) -> &'static str {
        let (ctx, id) = (self.somebody(), self.some_post());
        self.act::<_, StoreError>(move |uow| record_views(uow, &[View::new(id, ctx.actor.user)]));
        "read a post"
    }

    fn scrap_post(&mut self) -> &'static str {
        let (ctx, id) = (self.somebody(), self.some_post());
        self.act(move |uow| scrap_post(uow, &ctx, id));
        "scrap a post"
    }

    fn unscrap_post(&mut self) -> &'static str {
        let (ctx, id) = (self.somebody(), self.some_post());
        self.act(move |uow| unscrap_post(uow, &ctx, id));
        "let a scrap go"
    }

    fn pause_comments(&mut self) -> &'static str {
        let (id, locked) = (self.some_post(), self.draw(4) == 0);
        self.act::<_, StoreError>(move |uow| uow.posts().save_comments_locked(id, locked));
        "pause or resume comments"
    }

    /// By name, or by the label of something.
    fn block(&mut self) -> &'static str {
        let ctx = self.somebody();
        let (target, target_id) = match (self.draw(3), self.some_comment()) {
            (0, _) => (BlockTarget::User, self.somebody().actor.user.0),
            (1, Some((_, comment))) => (BlockTarget::Comment, comment.0),
            _ => (BlockTarget::Post, self.some_post().0),
        };
        let (actor, command) = (ctx.actor.clone(), CreateBlock { target, target_id });
        let created = self.act(move |uow| create_block(uow, &ctx, command));
        self.blocks.extend(created.filter(|created| created.is_new).map(|created| (actor, created.block.id)));
        "block"
    }

    /// Mostly, or nobody would see anything any more.
    fn unblock(&mut self) -> &'static str {
        for (actor, id) in self.blocks.split_off(self.blocks.len().min(1)) {
            self.act(move |uow| uow.blocks().remove(actor.user, id));
            self.unblocked += 1;
        }
        "unblock"
    }

    fn wrong(&self) -> Vec<WrongCounter> {
        wrong(&self.scene)
    }
}

/// The counters that differ from a recount.
pub(crate) fn wrong(scene: &Scene) -> Vec<WrongCounter> {
    let all = scene.store.read_blocking(|uow| {
        let lists = Counter::ALL.map(|counter| uow.counters().list_wrong(counter, 10));
        Ok::<_, StoreError>(lists.into_iter().collect::<Result<Vec<_>, _>>()?.concat())
    });
    all.unwrap()
}

fn live(database: TestDatabase, seed: u64, steps: usize) {
    let mut history = History::new(database, seed);
    for n in 0..steps {
        let step = STEPS[history.draw(STEPS.len())];
        let what = step(&mut history);
        let wrong = history.wrong();
        assert!(wrong.is_empty(), "seed {seed}, step {n}, {what}: {wrong:#?}");
    }
    // A history in which nothing happens proves nothing.
    assert!(
        history.posts.len() > steps / 50 && history.comments.len() > steps / 10,
        "{}",
        history.posts.len()
    );
    assert!(history.deleted.len() > steps / 50);
    assert!(history.likes > steps / 100, "{} likes of comments", history.likes);
    assert!(history.unblocked > steps / 125, "{} blocks came and went", history.unblocked);
    assert!(
        history.removed.len() > steps / 50 && history.restored > steps / 100 && history.decided > steps / 250,
        "{} removed, {} put back, {} decided",
        history.removed.len(),
        history.restored,
        history.decided
    );
    assert!(history.purged > steps / 100, "{} items purged", history.purged);
    assert!(history.joined > 2 && (steps < 500 || history.erased > 0), "people came and went");
}

on_each_database! {
    fn cnt_3_counters_are_right_after_every_step_of_a_random_history(database) {
        live(database, 20_261_121, STEPS_A_RUN);
    }

    fn cnt_3_another_history(database) {
        live(database, 8, STEPS_A_RUN);
    }

    fn cnt_3_wrong_counters_are_found_and_repaired(database) {
        let scene = Scene::new(database);
        let post = scene.post();
        let parent = scene.write(&scene.one, post);
        scene.reply(&scene.two, post, parent);
        assert_eq!(wrong(&scene), []);
        for sql in [
            "UPDATE boards SET post_count = 7",
            "UPDATE comments SET reply_count = 7 WHERE parent_id IS NULL",
            "UPDATE posts SET comment_count = 7, like_count = 7, scrap_count = 7, view_count = 7",
            "UPDATE schools SET member_count = 7",
        ] {
            crate::support::execute(scene.store.database(), sql);
        }
        let found = wrong(&scene);
        let mut kinds: Vec<_> = found.iter().map(|wrong| (wrong.counter.as_str(), wrong.stored, wrong.counted)).collect();
        kinds.sort_unstable();
        assert_eq!(kinds, [
            ("boards.post_count", 7, 1),
            ("comments.reply_count", 7, 1),
            ("posts.comment_count", 7, 2),
            ("posts.like_count", 7, 0),
            ("posts.scrap_count", 7, 0),
            ("posts.view_count", 7, 0),
            ("schools.member_count", 7, 3),
        ]);
        scene.store.write_blocking(move |uow| repair_counters(uow, &found)).unwrap();
        assert_eq!(wrong(&scene), []);
        assert_eq!(scene.find_post(&scene.one, post).comment_count, 2);
    }
}
