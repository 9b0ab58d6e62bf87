//! Likes and scraps under parallel hands, and hidden posts.

use super::{Scene, in_parallel, newest};
use chrono::TimeDelta;
use madang_domain::actor::{Actor, Role};
use madang_domain::boards::BoardFlags;
use madang_domain::ids::PostId;
use madang_domain::likes::{LikeError, like_post, unlike_post};
use madang_domain::mutes::{MuteError, mute_post, unmute_post};
use madang_domain::permissions::Denial;
use madang_domain::posts::{PostView, delete_post, find_post};
use madang_domain::scraps::{ScrapError, list_scraps, scrap_post, unscrap_post};
use madang_testkit::{DatabaseKind, TestDatabase, on_each_database};
use std::sync::atomic::{AtomicUsize, Ordering};

impl Scene {
    fn members(&self, n: usize) -> Vec<Actor> {
        (0..n)
            .map(|n| self.campus().member(self.author.school, &format!("liker{n}"), Role::Student))
            .collect()
    }

    fn read(&self, actor: &Actor, id: PostId) -> PostView {
        let ctx = self.ctx(actor);
        self.store.read_blocking(move |uow| find_post(uow, &ctx, id)).unwrap().post
    }

    fn like(&self, actor: &Actor, id: PostId) -> Result<i64, LikeError> {
        let ctx = self.ctx(actor);
        self.store.write_blocking(move |uow| like_post(uow, &ctx, id)).map(|state| state.like_count)
    }

    fn unlike(&self, actor: &Actor, id: PostId) -> Result<(), LikeError> {
        let ctx = self.ctx(actor);
        self.store.write_blocking(move |uow| unlike_post(uow, &ctx, id))
    }
}

/// Hides `post`, which no use case does yet.
fn hide(database: &TestDatabase, post: PostId) {
    use diesel::connection::{Connection, SimpleConnection};

    match database.kind() {
        #[cfg(feature = "postgres")]
        DatabaseKind::Postgres => {
            let mut conn = diesel::pg::PgConnection::establish(&database.url_text()).unwrap();
            conn.batch_execute(&format!("UPDATE posts SET hidden_reason = 'spam' WHERE id = '{post}'"))
                .unwrap();
        }
        _ => {
            let path = database.url_text();
            let path = path.strip_prefix("sqlite:").unwrap_or(&path);
            let mut conn = diesel::sqlite::SqliteConnection::establish(path).unwrap();
            let id = post.0.simple();
            conn.batch_execute(&format!("UPDATE posts SET hidden_reason = 'spam' WHERE id = x'{id}'"))
                .unwrap();
        }
    }
}

on_each_database! {
    fn con_1_parallel_likes_of_one_person_count_once(database) {
        let scene = Scene::new(database);
        let id = scene.write_text("좋은 글");
        let (ctx, store) = (scene.ctx(&scene.reader), scene.store.shared());
        let results = in_parallel(8, move || {
            let ctx = ctx.clone();
            store.write_blocking(move |uow| like_post(uow, &ctx, id))
        });
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
        let again = |result: &&Result<_, LikeError>| {
            matches!(result, Err(LikeError::Denied(Denial::AlreadyLiked)))
        };
        assert_eq!(results.iter().filter(again).count(), 7);
        assert_eq!(scene.read(&scene.reader, id).like_count, 1);
    }

    fn con_1_parallel_likes_of_many_all_count_and_one_stamps(database) {
        let scene = Scene::new(database);
        let id = scene.write_text("아주 좋은 글");
        let likers = scene.members(12);
        // A moment each, so that the stamp tells whose like it was.
        let contexts: Vec<_> = likers.iter().map(|liker| scene.ctx(liker)).collect();
        let (store, next, moments) = (scene.store.shared(), AtomicUsize::new(0), contexts.clone());
        let counts = in_parallel(12, move || {
            let ctx = contexts[next.fetch_add(1, Ordering::Relaxed)].clone();
            let now = ctx.now;
            let state = store.write_blocking(move |uow| like_post(uow, &ctx, id));
            state.map(|state| (state.like_count, now)).unwrap()
        });
        let mut seen: Vec<_> = counts.iter().map(|(count, _)| *count).collect();
        seen.sort_unstable();
        assert_eq!(seen, (1..=12).collect::<Vec<i64>>());
        let post = scene.read(&scene.reader, id);
        let tenth = counts.iter().find(|(count, _)| *count == moments[0].policy.posts.hot_likes).unwrap().1;
        assert_eq!((post.like_count, post.hot_at, post.best_at), (12, Some(tenth), None));
    }

    fn con_9_likes_against_a_delete_leave_the_counter_right(database) {
        let scene = Scene::new(database);
        let id = scene.write_text("곧 지울 글");
        let likers = scene.members(7);
        let contexts: Vec<_> = likers.iter().map(|liker| scene.ctx(liker)).collect();
        let (delete, next) = (scene.ctx(&scene.author), AtomicUsize::new(0));
        let store = scene.store.shared();
        let liked = in_parallel(8, move || {
            let n = next.fetch_add(1, Ordering::Relaxed);
            if n == 3 {
                let delete = delete.clone();
                store.write_blocking(move |uow| delete_post(uow, &delete, id, &|_| true)).unwrap();
                return 0;
            }
            let ctx = contexts[n - usize::from(n > 3)].clone();
            match store.write_blocking(move |uow| like_post(uow, &ctx, id)) {
                Ok(_) => 1,
                Err(LikeError::NotFound) => 0,
                Err(error) => panic!("{error}"),
            }
        });
        let ctx = scene.ctx(&scene.author);
        scene
            .store
            .write_blocking(move |uow| madang_domain::trash::restore_trash(uow, &ctx, id.0))
            .unwrap();
        assert_eq!(scene.read(&scene.author, id).like_count, liked.iter().sum::<i64>());
    }

    fn con_1_parallel_scraps_and_releases_end_where_the_rows_do(database) {
        let scene = Scene::new(database);
        let id = scene.write_text("담을 글");
        let (ctx, next, store) = (scene.ctx(&scene.reader), AtomicUsize::new(0), scene.store.shared());
        in_parallel(12, move || {
            let (ctx, keeps) = (ctx.clone(), next.fetch_add(1, Ordering::Relaxed).is_multiple_of(2));
            store
                .write_blocking(move |uow| {
                    if keeps { scrap_post(uow, &ctx, id) } else { unscrap_post(uow, &ctx, id) }
                })
                .unwrap();
        });
        let post = scene.read(&scene.reader, id);
        assert_eq!(post.scrap_count, i64::from(post.scrapped));
    }

    fn vis_2_a_hidden_post_is_neither_liked_nor_kept_nor_muted_but_let_go(database) {
        let flags = BoardFlags { likes_cancellable: true, ..BoardFlags::default() };
        let scene = Scene::on_board(database, flags);
        let id = scene.write_text("가릴 글");
        let act = |keeps: bool| {
            let ctx = scene.ctx(&scene.reader);
            scene.store.write_blocking(move |uow| match keeps {
                true => scrap_post(uow, &ctx, id),
                false => unscrap_post(uow, &ctx, id),
            })
        };
        let mute = |mutes: bool| {
            let ctx = scene.ctx(&scene.reader);
            scene.store.write_blocking(move |uow| match mutes {
                true => mute_post(uow, &ctx, id),
                false => unmute_post(uow, &ctx, id),
            })
        };
        act(true).unwrap();
        mute(true).unwrap();
        hide(scene.store.database(), id);
        assert!(matches!(scene.like(&scene.reader, id), Err(LikeError::Denied(Denial::ItemHidden))));
        assert!(matches!(scene.unlike(&scene.reader, id), Err(LikeError::Denied(Denial::ItemHidden))));
        assert!(matches!(scene.like(&scene.author, id), Err(LikeError::Denied(Denial::OwnItem))));
        let listed = |actor: &Actor| {
            let ctx = scene.ctx(actor);
            let feed = scene.store.read_blocking(move |uow| list_scraps(uow, &ctx, None, None, newest(20)));
            feed.unwrap().items.len()
        };
        assert_eq!(listed(&scene.reader), 0);
        assert!(matches!(act(true), Err(ScrapError::Denied(Denial::ItemHidden))));
        assert!(matches!(mute(true), Err(MuteError::Denied(Denial::ItemHidden))));
        let can = {
            let ctx = scene.ctx(&scene.reader);
            scene.store.read_blocking(move |uow| find_post(uow, &ctx, id)).unwrap().can
        };
        assert_eq!((can.like, can.scrap), (Err(Denial::ItemHidden), Err(Denial::ItemHidden)));
        act(false).unwrap();
        mute(false).unwrap();
        let post = scene.read(&scene.reader, id);
        assert_eq!((post.scrapped, post.scrap_count, post.muted), (false, 0, false));
    }

    fn like_1_no_limit_of_age_when_it_is_zero(database) {
        let mut scene = Scene::new(database);
        let id = scene.write_text("옛글");
        scene.world.clock.advance(TimeDelta::days(4000));
        assert!(matches!(scene.like(&scene.reader, id), Err(LikeError::Denied(Denial::TargetTooOld))));
        scene.world.policy.likes.max_age = TimeDelta::zero();
        assert_eq!(scene.like(&scene.reader, id).unwrap(), 1);
    }
}
