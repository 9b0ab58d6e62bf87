//! Readings are written together and counted once.

use super::{Scene, in_parallel};
use madang_domain::actor::Role;
use madang_domain::boards::BoardFlags;
use madang_domain::ids::{PostId, UserId};
use madang_domain::posts::PostFilter;
use madang_domain::store::StoreError;
use madang_domain::views::{View, record_views};
use madang_persistence::{Options, StatementLog};
use madang_testkit::on_each_database;

impl Scene {
    fn record(&self, views: Vec<View>) {
        self.store.write_blocking::<_, StoreError, _>(move |uow| record_views(uow, &views)).unwrap();
    }

    fn view_counts(&self) -> Vec<i64> {
        let feed = self.list(&self.reader, PostFilter::default(), super::newest(100));
        feed.items.iter().rev().map(|item| item.seen.post.view_count).collect()
    }
}

on_each_database! {
    fn post_10_known_readers_are_not_counted_again(database) {
        let scene = Scene::new(database);
        let posts: Vec<PostId> = (0..3).map(|n| scene.write_text(&format!("글 {n}"))).collect();
        let users: Vec<UserId> = (0..4)
            .map(|n| scene.campus().member(scene.author.school, &format!("viewer{n}"), Role::Student).user)
            .collect();
        let view = |post: usize, user: usize| View::new(posts[post], users[user]);
        scene.record(vec![view(0, 0)]);
        assert_eq!(scene.view_counts(), [1, 0, 0]);
        scene.record(vec![view(0, 0)]);
        scene.record(vec![view(0, 0), view(0, 1), view(0, 2), view(1, 1), view(2, 3)]);
        assert_eq!(scene.view_counts(), [3, 1, 1]);
        scene.record(vec![view(0, 3), view(1, 1), view(2, 3)]);
        assert_eq!(scene.view_counts(), [4, 1, 1]);
        scene.record(Vec::new());
    }

    fn post_10_a_flush_is_two_statements_however_many_readings(database) {
        let log = StatementLog::default();
        let options = Options { statements: Some(log.clone()), ..database.options() };
        let scene = Scene::on_store(database.store_with(options), BoardFlags::default());
        let posts: Vec<PostId> = (0..25).map(|n| scene.write_text(&format!("글 {n}"))).collect();
        let users: Vec<UserId> = (0..40).map(|_| scene.ctx(&scene.reader).fresh()).collect();
        // The posts have different numbers of readers, and one was erased meanwhile.
        let mut views: Vec<View> = (0..500).map(|n| View::new(posts[n * n % 25], users[n * 7 % 40])).collect();
        views.push(View::new(scene.ctx(&scene.reader).fresh(), users[0]));
        views.sort_unstable();
        views.dedup();
        assert!(views.len() > 100);
        log.take();
        scene.record(views.clone());
        let sent: Vec<_> = log.take().into_iter().map(|unit| unit.statements).collect();
        assert_eq!(sent.iter().map(Vec::len).collect::<Vec<_>>(), [2], "{sent:#?}");
        for sql in &sent[0] {
            let plan = crate::posts::plans::plan(scene.store.database(), sql);
            assert!(!plan.contains("SCAN posts") && !plan.contains("Seq Scan on posts"), "{plan}");
        }
        let counted = posts.iter().map(|post| views.iter().filter(|view| view.post == *post).count() as i64);
        let counted: Vec<i64> = counted.collect();
        assert_eq!(scene.view_counts(), counted);
        scene.record(views);
        assert_eq!(log.take()[0].statements.len(), 1, "nobody is new, so nothing is counted");
        assert_eq!(scene.view_counts(), counted);
    }

    fn post_10_nodes_that_write_at_once_count_each_reader_once(database) {
        let scene = Scene::new(database);
        let posts: Vec<PostId> = (0..5).map(|n| scene.write_text(&format!("글 {n}"))).collect();
        let users: Vec<UserId> = (0..20).map(|_| scene.ctx(&scene.reader).fresh()).collect();
        let views: Vec<View> =
            posts.iter().flat_map(|post| users.iter().map(|user| View::new(*post, *user))).collect();
        let store = scene.store.shared();
        in_parallel(6, move || {
            let views = views.clone();
            store.write_blocking::<_, StoreError, _>(move |uow| record_views(uow, &views)).unwrap();
        });
        assert_eq!(scene.view_counts(), [20; 5]);
    }
}
