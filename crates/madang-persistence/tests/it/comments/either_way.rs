//! Threads are read whole or in part, by their size, and lie in their table one way or another: none of it shows.

use super::{Scene, newest, oldest};
use diesel::prelude::*;
use diesel::sqlite::SqliteConnection;
use madang_domain::blocks::{BlockTarget, Blocked, NewBlock};
use madang_domain::comments::CommentTree;
use madang_domain::ids::PostId;
use madang_domain::paging::{Feed, FeedRequest, From, Position};
use madang_domain::store::{StoreError, UnitOfWork};
use madang_persistence::migrate::Migrator;
use madang_testkit::{look, on_each_database};

/// A thread of everything: live and deleted comments, with and without replies, of several people.
fn furnish(scene: &Scene) -> PostId {
    let post = scene.post();
    for n in 0..9 {
        let comment = scene.write(if n % 2 == 0 { &scene.one } else { &scene.two }, post);
        let replies: Vec<_> = (0..n % 5).map(|_| scene.reply(&scene.two, post, comment)).collect();
        if n % 3 == 0 {
            scene.delete(if n % 2 == 0 { &scene.one } else { &scene.two }, comment);
        }
        if let Some(reply) = replies.first() {
            scene.delete(&scene.two, *reply);
        }
        scene.write_anonymously(&scene.one, post);
    }
    post
}

/// A row whose reference leads nowhere.
#[derive(Debug, QueryableByName)]
#[allow(dead_code, reason = "shown when there is one")]
struct Broken {
    #[diesel(sql_type = diesel::sql_types::Text)]
    parent: String,
}

on_each_database! {
    fn cmt_5_a_thread_read_whole_shows_what_its_pages_show(database) {
        let scene = Scene::new(database);
        let post = furnish(&scene);
        let list = |request: FeedRequest, comment_count: Option<i64>| -> Feed<CommentTree> {
            let viewer = scene.one.clone();
            let list = move |uow: &mut dyn UnitOfWork| {
                let mut thread = uow.comments().find_thread(&viewer, post)?.expect("the thread");
                thread.comment_count = comment_count.unwrap_or(thread.comment_count);
                uow.comments().list(&viewer, &thread, request, 2)
            };
            scene.store.read_blocking::<_, StoreError, _>(list).unwrap()
        };
        let all = list(oldest(100), None).items;
        assert!(all.len() > 12 && all.iter().any(|tree| tree.comment.is_deleted && tree.replies.len() == 2));
        let places = all.iter().map(|tree| Position { at: tree.comment.created_at, id: tree.comment.id.into() });
        let starts = std::iter::once(From::Start).chain(places.flat_map(|place| [From::After(place), From::Before(place)]));
        for from in starts {
            for request in [1, 3, 100].into_iter().flat_map(|limit| [oldest(limit), newest(limit)]) {
                let request = FeedRequest { from, ..request };
                let (whole, part) = (list(request, None), list(request, Some(i64::MAX)));
                assert_eq!(whole, part, "{request:?}");
                assert!(whole.items.len() <= request.limit as usize);
            }
        }
    }

    fn cmt_4_blocks_leave_out_the_same_either_way(database) {
        let scene = Scene::new(database);
        let post = furnish(&scene);
        let shown = |from: From, limit: u32, comment_count: Option<i64>| -> Feed<CommentTree> {
            let viewer = scene.author.clone();
            let list = move |uow: &mut dyn UnitOfWork| {
                let mut thread = uow.comments().find_thread(&viewer, post)?.expect("the thread");
                thread.comment_count = comment_count.unwrap_or(thread.comment_count);
                uow.comments().list(&viewer, &thread, FeedRequest { from, ..oldest(limit) }, 2)
            };
            scene.store.read_blocking::<_, StoreError, _>(list).unwrap()
        };
        let everything = shown(From::Start, 100, None).items;
        let blocks = [Blocked::User(scene.one.user), Blocked::Label { post, number: 1 }, Blocked::User(scene.two.user)];
        let mut left = Vec::new();
        for blocked in blocks {
            let ctx = scene.ctx(&scene.author);
            let block = NewBlock {
                id: ctx.fresh(),
                blocker: ctx.actor.user,
                target: BlockTarget::User,
                blocked,
                created_at: ctx.now,
            };
            scene.store.write_blocking(move |uow| uow.blocks().add(&block)).unwrap();
            let whole = shown(From::Start, 100, None);
            assert_eq!(whole, shown(From::Start, 100, Some(i64::MAX)));
            let is_hers = |tree: &CommentTree| everything.iter().any(|before| before.comment.id == tree.comment.id);
            assert!(whole.items.iter().all(is_hers));
            // Two at a time, there and back: nothing twice, nothing left out.
            for count in [None, Some(i64::MAX)] {
                let mut walked = Vec::new();
                let mut from = From::Start;
                loop {
                    let page = shown(from, 2, count);
                    assert!(page.items.len() <= 2 && (page.next.is_none() || page.items.len() == 2));
                    if let (Some(before), false) = (page.previous, walked.is_empty()) {
                        let back = shown(From::Before(before), 2, count).items;
                        let at = walked.len();
                        assert_eq!(back, walked[at.saturating_sub(2)..at]);
                    }
                    walked.extend(page.items);
                    let Some(next) = page.next else { break };
                    from = From::After(next);
                }
                assert_eq!(walked, whole.items);
            }
            for tree in &whole.items {
                let is_left = tree.comment.is_blocked || tree.comment.is_deleted;
                assert!(!is_left || !tree.replies.is_empty(), "a placeholder stands for its replies alone");
                assert!(tree.replies.iter().all(|reply| !reply.is_blocked));
            }
            left.push((whole.items.len(), whole.items.iter().filter(|tree| tree.comment.is_blocked).count()));
        }
        // Of nine named comments two are gone already, and two more with the replies to them; nine are anonymous.
        assert_eq!(left, [(16, 3), (7, 3), (0, 0)], "{everything:#?}");
    }

    fn comments_likes_and_trash_outlive_a_change_of_their_table(database) {
        let url = database.url_text();
        let parsed = database.url().clone();
        let scene = Scene::new(database);
        let post = furnish(&scene);
        for seen in scene.list(&scene.author, post).iter().filter(|seen| !seen.comment.is_deleted) {
            let (id, liker, now) = (seen.comment.id, scene.author.user, scene.world.now());
            scene.store.write_blocking(move |uow| uow.likes().add_to_comment(id, liker, now)).unwrap();
        }
        let dump = || {
            // Tables that came later are not there in between.
            let tables = ["boards", "comment_likes", "comments", "posts", "trash_items"];
            let cells = look::dump(&url).into_iter().filter(|cell| tables.contains(&cell.table.as_str()));
            let mut rows: Vec<String> = cells.map(|cell| format!("{cell:?}")).collect();
            rows.sort();
            rows
        };
        let (before, shown) = (dump(), scene.list(&scene.one, post));
        assert!(before.len() > 300, "{}", before.len());
        let mut migrator = Migrator::connect(&parsed).unwrap();
        while !migrator.pending().unwrap().iter().any(|name| name.ends_with("_comments_by_thread")) {
            assert_eq!(migrator.revert(1).unwrap().len(), 1);
        }
        assert_eq!(dump(), before);
        migrator.run().unwrap();
        assert_eq!(dump(), before);
        assert_eq!(scene.list(&scene.one, post), shown);
        if let Some(path) = url.strip_prefix("sqlite:") {
            let mut conn = SqliteConnection::establish(path).unwrap();
            let broken: Vec<Broken> = diesel::sql_query("PRAGMA foreign_key_check").load(&mut conn).unwrap();
            assert!(broken.is_empty(), "{broken:?}");
            let liked = "DELETE FROM comments WHERE id IN (SELECT comment_id FROM comment_likes)";
            assert!(diesel::sql_query(liked).execute(&mut conn).is_err(), "likes still need what they refer to");
        }
    }
}
