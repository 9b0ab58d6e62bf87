//! The contract of blocks.

use crate::comments::{Scene, newest};
use crate::posts::in_parallel;
use madang_domain::accounts::{purge_accounts, withdraw};
use madang_domain::actor::{Actor, Role};
use madang_domain::blocks::{
    BlockQuery, BlockTarget, CreateBlock, CreateBlockError, CreatedBlock, create_block,
};
use madang_domain::ids::PostId;
use madang_domain::paging::{FeedRequest, From, PageRequest};
use madang_domain::posts::{Author, PostFilter, list_board_posts};
use madang_domain::store::StoreError;
use madang_testkit::on_each_database;
use std::collections::BTreeSet;
use uuid::Uuid;

fn block(
    scene: &Scene,
    actor: &Actor,
    target: BlockTarget,
    id: impl Into<Uuid>,
) -> Result<CreatedBlock, CreateBlockError> {
    let (ctx, command) = (scene.ctx(actor), CreateBlock { target, target_id: id.into() });
    scene.store.write_blocking(move |uow| create_block(uow, &ctx, command))
}

fn count(scene: &Scene, actor: &Actor) -> i64 {
    let query =
        BlockQuery { targets: None, descending: true, request: PageRequest { page: 1, page_size: 100 } };
    let actor = actor.clone();
    let page = scene.store.read_blocking::<_, StoreError, _>(move |uow| uow.blocks().list(&actor, &query));
    let page = page.unwrap();
    assert_eq!(page.count, i64::try_from(page.items.len()).unwrap());
    page.count
}

on_each_database! {
    fn blk_1_parallel_blocks_of_the_same_person_are_one_row(database) {
        let scene = Scene::new(database);
        let named = scene.post();
        let anonymous = scene.post_with(|post| post.is_anonymous = Some(true));
        let author = scene.author.user;
        let (store, ctx) = (scene.store.shared(), scene.ctx(&scene.one));
        let targets = [
            (BlockTarget::User, author.0),
            (BlockTarget::Post, named.0),
            (BlockTarget::Post, anonymous.0),
        ];
        let done = in_parallel(12, move || {
            targets.map(|(target, target_id)| {
                let ctx = ctx.clone();
                let command = CreateBlock { target, target_id };
                store.write_blocking(move |uow| create_block(uow, &ctx, command)).unwrap()
            })
        });
        let all: Vec<_> = done.into_iter().flatten().collect();
        let ids: BTreeSet<_> = all.iter().map(|created| created.block.id).collect();
        assert_eq!(ids.len(), 2, "one by name and one by label");
        assert_eq!(all.iter().filter(|created| created.is_new).count(), 2);
        assert_eq!(count(&scene, &scene.one), 2);
    }

    fn blk_3_whoever_has_a_number_in_one_thread_is_covered_there_alone(database) {
        let scene = Scene::new(database);
        let (first, second) = (scene.post(), scene.post());
        let [one, other] = [first, second].map(|post| scene.write_anonymously(&scene.one, post));
        let again = scene.write_anonymously(&scene.one, first);
        let named = scene.write(&scene.one, first);
        block(&scene, &scene.two, BlockTarget::Comment, one).unwrap();
        let listed = |post: PostId| crate::comments::ids(&scene.list(&scene.two, post));
        assert_eq!((listed(first), listed(second)), (vec![named], vec![other]));
        assert_eq!(crate::comments::ids(&scene.list(&scene.author, first)), [one, again, named]);
        let repeated = block(&scene, &scene.two, BlockTarget::Comment, again).unwrap();
        assert!(!repeated.is_new);
        assert_eq!(repeated.block.author, Author::Anonymous { number: Some(1) });
    }

    fn acc_20_the_own_blocks_are_erased_and_those_of_others_stay(database) {
        let scene = Scene::new(database);
        let post = scene.post();
        let kept = block(&scene, &scene.one, BlockTarget::Post, post).unwrap().block.id;
        block(&scene, &scene.author, BlockTarget::User, scene.one.user).unwrap();
        let ctx = scene.ctx(&scene.author);
        scene.store.write_blocking(move |uow| withdraw(uow, &ctx)).unwrap();
        let find = || {
            let viewer = scene.one.clone();
            scene.store.read_blocking::<_, StoreError, _>(move |uow| uow.blocks().find(&viewer, kept)).unwrap().unwrap()
        };
        assert_eq!((count(&scene, &scene.author), find().author), (1, Author::Withdrawn));
        scene.world.clock.advance(chrono::TimeDelta::days(15));
        let moment = scene.world.moment();
        scene.store.write_blocking(move |uow| purge_accounts(uow, &moment)).unwrap();
        assert_eq!((count(&scene, &scene.author), find().author), (0, Author::Withdrawn));
        let again = block(&scene, &scene.one, BlockTarget::Post, post).unwrap();
        assert_eq!((again.block.id, again.is_new), (kept, false));
    }

    fn vis_3_pages_of_posts_walk_past_blocked_rows(database) {
        let scene = Scene::new(database);
        let campus = scene.campus();
        let noisy = campus.member(scene.one.school, "noisy", Role::Student);
        let mut kept = Vec::new();
        for n in 0..24 {
            // Runs of blocked rows longer than a page.
            let author = if n % 8 < 5 { noisy.clone() } else { scene.author.clone() };
            let ctx = scene.ctx(&author);
            let board = scene.board;
            let id = scene.store.write_blocking(move |uow| {
                let post = crate::posts::new_post(&ctx, ctx.actor.school, board, &format!("글 {n}"));
                uow.posts().add(&post)?;
                Ok::<_, StoreError>(post.id)
            }).unwrap();
            if n % 8 >= 5 {
                kept.insert(0, id);
            }
        }
        block(&scene, &scene.one, BlockTarget::User, noisy.user).unwrap();
        let page = |from: From| {
            let (ctx, board) = (scene.ctx(&scene.one), scene.board);
            let request = FeedRequest { from, ..newest(3) };
            scene.store.read_blocking(move |uow| list_board_posts(uow, &ctx, board, &PostFilter::default(), request)).unwrap()
        };
        let (mut walked, mut from) = (Vec::new(), From::Start);
        loop {
            let feed = page(from);
            assert!(feed.next.is_none() || feed.items.len() == 3);
            if let (Some(previous), true) = (feed.previous, walked.len() > 2) {
                let back: Vec<_> = page(From::Before(previous)).items.iter().map(|item| item.seen.post.id).collect();
                assert_eq!(back, walked[walked.len() - 3..]);
            }
            walked.extend(feed.items.iter().map(|item| item.seen.post.id));
            let Some(next) = feed.next else { break };
            from = From::After(next);
        }
        assert_eq!(walked, kept);
    }
}
