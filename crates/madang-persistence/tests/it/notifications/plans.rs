//! What is read and written of notices is one statement each, which indexes answer.

use crate::comments::{Scene, command, newest};
use crate::posts::plans::plan;
use madang_domain::boards::BoardFlags;
use madang_domain::comments::create_comment;
use madang_domain::notifications::{
    NewNotice, NoticeActor, NoticeFilter, NotificationKind, Recipient, count_unread, list_notifications,
};
use madang_persistence::{Options, StatementLog};
use madang_testkit::{DatabaseKind, World, on_each_database};

on_each_database! {
    fn notices_are_one_statement_with_an_index_whatever_the_limit(database) {
        let log = StatementLog::default();
        let options = Options { statements: Some(log.clone()), ..database.options() };
        let store = database.store_with(options);
        let scene = Scene::on(store, World::new(), BoardFlags::default());
        let post = scene.post();
        for n in 0..40 {
            let ctx = scene.ctx(if n % 2 == 0 { &scene.one } else { &scene.two });
            scene.store.write_blocking(move |uow| create_comment(uow, &ctx, command(post))).unwrap();
        }
        log.take();
        for limit in [1, 100] {
            let ctx = scene.ctx(&scene.author);
            let unread = NoticeFilter { is_read: Some(false), ..NoticeFilter::default() };
            scene.store.read_blocking(move |uow| {
                list_notifications(uow, &ctx, &NoticeFilter::default(), newest(limit))?;
                list_notifications(uow, &ctx, &unread, newest(limit))?;
                count_unread(uow, &ctx)
            }).unwrap();
            let sent: Vec<_> = log.take().into_iter().flat_map(|unit| unit.statements).collect();
            assert_eq!(sent.len(), 4, "{sent:#?}");
            // SQLite walks all of them for a page of unread ones, in order all the same.
            let page = if scene.store.database().kind() == DatabaseKind::Postgres { "notifications_unread" } else { "notifications_feed" };
            for (sql, index) in sent.iter().zip(["notifications_feed", page, "message_", "notifications_unread"]) {
                let plan = plan(scene.store.database(), sql);
                assert!(plan.contains(index), "{index} is not used by {sql}:\n{plan}");
                assert_no_scan(&plan);
            }
        }
        let (board, school, ctx) = (scene.board, scene.author.school, scene.ctx(&scene.one));
        for to in [
            Recipient::User(scene.author.user),
            Recipient::AuthorOfPost(post),
            Recipient::AuthorOfComment(madang_domain::ids::CommentId(post.0)),
            Recipient::OtherSide { thread: madang_domain::ids::MessageThreadId(post.0), of_opener: true },
            Recipient::FavouriteHolders { board, after: Some(scene.one.user), until: Some(scene.two.user) },
            Recipient::ModeratorsOf(school),
        ] {
            let notice = NewNotice {
                id: ctx.fresh(),
                kind: NotificationKind::Hot,
                to,
                but_not: None,
                by: None,
                actor: NoticeActor::Nobody,
                target: Some(madang_domain::notifications::NoticeTarget::post(post)),
                at: ctx.now,
            };
            scene.store.write_blocking(move |uow| uow.notifications().add(&notice)).unwrap();
            let sent: Vec<_> = log.take().into_iter().flat_map(|unit| unit.statements).collect();
            assert_eq!(sent.len(), 1, "{sent:#?}");
            assert_no_scan(&plan(scene.store.database(), &sent[0]));
        }
    }
}

#[track_caller]
fn assert_no_scan(plan: &str) {
    let scans = plan.lines().filter(|line| {
        let reads_all = line.contains("SCAN ") || line.contains("Seq Scan");
        [
            "users",
            "notifications",
            "comments",
            "posts",
            "anonymous_identities",
            "board_favourites",
            "message_sides",
            "message_threads",
        ]
        .iter()
        .any(|table| reads_all && line.contains(table))
    });
    assert_eq!(scans.count(), 0, "it reads a whole table:\n{plan}");
}
