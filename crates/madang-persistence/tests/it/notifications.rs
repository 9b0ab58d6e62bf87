//! Who is told of what, on both databases.

mod plans;

use crate::comments::{Scene, command, newest};
use crate::posts::in_parallel;
use crate::support::execute;
use chrono::TimeDelta;
use madang_domain::accounts::{SettingsPatch, UpdateMe, update_me};
use madang_domain::actor::{Actor, Role};
use madang_domain::boards::{EditBoard, edit_board};
use madang_domain::comments::CreateComment;
use madang_domain::filters::OneOf;
use madang_domain::ids::{CommentId, NotificationId, PostId};
use madang_domain::likes::like_post;
use madang_domain::mutes::mute_post;
use madang_domain::notifications::{
    MarkReadError, NewNotice, NoticeActor, NoticeFilter, NoticeTarget, NoticeView, NotificationKind,
    Recipient, TargetKind, count_unread, list_notifications, mark_all_read, mark_read, tell_of_board_notice,
    tell_on,
};
use madang_domain::posts::{Author, delete_post};
use madang_domain::trash::restore_trash;
use madang_testkit::{DatabaseKind, on_each_database};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

impl Scene {
    fn notices_by(&self, actor: &Actor, filter: NoticeFilter) -> Vec<NoticeView> {
        let ctx = self.ctx(actor);
        let list = move |uow: &mut dyn madang_domain::store::UnitOfWork| {
            list_notifications(uow, &ctx, &filter, newest(100))
        };
        self.store.read_blocking(list).unwrap().items
    }

    fn notices(&self, actor: &Actor) -> Vec<NoticeView> {
        self.notices_by(actor, NoticeFilter::default())
    }

    fn kinds(&self, actor: &Actor) -> Vec<NotificationKind> {
        self.notices(actor).iter().map(|notice| notice.kind).collect()
    }

    /// What is counted, which equals the length of what is listed as unread (VIS-4).
    fn unread(&self, actor: &Actor) -> i64 {
        let ctx = self.ctx(actor);
        let unread = self.store.read_blocking(move |uow| count_unread(uow, &ctx)).unwrap();
        let listed = self.notices_by(actor, NoticeFilter { is_read: Some(false), ..NoticeFilter::default() });
        assert_eq!(i64::try_from(listed.len()).unwrap(), unread.notifications);
        let read = self.notices_by(actor, NoticeFilter { is_read: Some(true), ..NoticeFilter::default() });
        assert_eq!(listed.len() + read.len(), self.notices(actor).len());
        unread.notifications
    }

    fn anonymous_post(&self) -> PostId {
        self.post_with(|post| post.is_anonymous = Some(true))
    }

    fn read_one(&self, actor: &Actor, id: NotificationId) -> Result<(), MarkReadError> {
        let ctx = self.ctx(actor);
        self.store.write_blocking(move |uow| mark_read(uow, &ctx, id))
    }

    fn remove_post(&self, post: PostId) {
        let ctx = self.ctx(&self.author);
        self.store.write_blocking(move |uow| delete_post(uow, &ctx, post, &|_| true)).unwrap();
    }

    fn switch(&self, actor: &Actor, kind: NotificationKind, on: bool) {
        let ctx = self.ctx(actor);
        let settings = SettingsPatch { notify: vec![(kind, on)], ..SettingsPatch::default() };
        let command = UpdateMe { settings, ..UpdateMe::default() };
        self.store.write_blocking(move |uow| update_me(uow, &ctx, &command, &|_| true)).unwrap();
    }

    /// Past every rule: runs `assignments` on the row `id` of `table`.
    fn set(&self, table: &str, id: uuid::Uuid, assignments: &str) {
        let id = match self.store.database().kind() {
            DatabaseKind::Postgres => format!("'{id}'"),
            _ => format!("x'{}'", id.simple()),
        };
        execute(self.store.database(), &format!("UPDATE {table} SET {assignments} WHERE id = {id}"));
    }

    fn tell(&self, kind: NotificationKind, to: Recipient, target: Option<NoticeTarget>) -> usize {
        let ctx = self.ctx(&self.author);
        let notice = NewNotice {
            id: ctx.fresh(),
            kind,
            to,
            but_not: None,
            by: None,
            actor: NoticeActor::Nobody,
            target,
            at: ctx.now,
        };
        self.store.write_blocking(move |uow| uow.notifications().add(&notice)).unwrap()
    }
}

use NotificationKind::{BoardNotice, Comment, Hot, ModerationCase, Reply, Sanction};

on_each_database! {
    fn not_3_a_comment_tells_the_author_of_the_post_and_a_reply_that_of_its_parent(database) {
        let scene = Scene::new(database);
        let post = scene.post();
        let comment = scene.write(&scene.one, post);
        let told = scene.notices(&scene.author);
        assert_eq!(told.len(), 1);
        let Some(Author::Named(actor)) = &told[0].actor else { panic!("{told:?}") };
        assert_eq!((told[0].kind, actor.id, told[0].is_read), (Comment, scene.one.user, false));
        assert_eq!(told[0].target, Some(NoticeTarget::comment(comment, post)));
        let reply = scene.reply(&scene.two, post, comment);
        assert_eq!(scene.kinds(&scene.author), [Comment, Comment]);
        let told = scene.notices(&scene.one);
        assert_eq!((told[0].kind, told[0].target), (Reply, Some(NoticeTarget::comment(reply, post))));
        assert_eq!((told.len(), scene.kinds(&scene.two).len()), (1, 0));
        assert_eq!((scene.unread(&scene.author), scene.unread(&scene.one), scene.unread(&scene.two)), (2, 1, 0));
        let only = NoticeFilter { kind: Some(OneOf(vec![Reply])), ..NoticeFilter::default() };
        assert_eq!((scene.notices_by(&scene.author, only.clone()).len(), scene.notices_by(&scene.one, only).len()), (0, 1));
    }

    fn not_2_a_reply_to_ones_comment_under_ones_post_is_one_reply(database) {
        let scene = Scene::new(database);
        for post in [scene.post(), scene.anonymous_post()] {
            let own = scene.write_anonymously(&scene.author, post);
            assert_eq!(scene.kinds(&scene.author), []);
            scene.reply(&scene.one, post, own);
            assert_eq!(scene.kinds(&scene.author), [Reply]);
            // Whoever wants no replies is not told of them by another name.
            scene.switch(&scene.author, Reply, false);
            scene.reply(&scene.one, post, own);
            assert_eq!(scene.kinds(&scene.author), [Reply]);
            scene.switch(&scene.author, Reply, true);
            execute(scene.store.database(), "DELETE FROM notifications");
        }
    }

    fn not_1_nobody_is_told_of_an_own_act_a_muted_post_or_a_kind_switched_off(database) {
        let scene = Scene::new(database);
        let (named, anonymous) = (scene.post(), scene.anonymous_post());
        for post in [named, anonymous] {
            let own = scene.write(&scene.author, post);
            scene.write_anonymously(&scene.author, post);
            scene.reply(&scene.author, post, own);
        }
        assert_eq!(scene.kinds(&scene.author), []);
        scene.switch(&scene.author, Comment, false);
        scene.write(&scene.one, named);
        assert_eq!(scene.kinds(&scene.author), []);
        scene.switch(&scene.author, Comment, true);
        scene.write(&scene.one, named);
        assert_eq!(scene.kinds(&scene.author), [Comment]);
        let ctx = scene.ctx(&scene.author);
        scene.store.write_blocking(move |uow| mute_post(uow, &ctx, named)).unwrap();
        scene.write(&scene.one, named);
        scene.write(&scene.one, anonymous);
        assert_eq!(scene.kinds(&scene.author), [Comment, Comment], "the other post is not muted");
        // Sanctions cannot be switched off, whatever the row says.
        scene.set("users", scene.author.user.0, "notify_off = 'hot,sanction'");
        let to = Recipient::User(scene.author.user);
        assert_eq!((scene.tell(Sanction, to, None), scene.tell(Hot, to, None)), (1, 0));
        scene.set("users", scene.author.user.0, "state = 'withdrawn', deleted_at = created_at");
        assert_eq!(scene.tell(Sanction, to, None), 0, "who has withdrawn is told nothing");
    }

    fn not_4_a_notice_is_neutral_while_its_source_is_out_of_sight(database) {
        let scene = Scene::new(database);
        let post = scene.anonymous_post();
        let comment = scene.write_anonymously(&scene.one, post);
        let before = scene.notices(&scene.author);
        assert_eq!(before[0].actor, Some(Author::Anonymous { number: Some(1) }));
        let assert_neutral = |why: &str| {
            let now = scene.notices(&scene.author);
            assert!(now[0].is_neutral && now[0].is_read && now[0].actor.is_none() && now[0].target.is_none(), "{why}");
            assert_eq!((now[0].id, now[0].kind, now[0].created_at), (before[0].id, Comment, before[0].created_at));
            assert_eq!(scene.unread(&scene.author), 0, "{why}");
        };
        let assert_back = |why: &str| {
            assert_eq!((scene.notices(&scene.author), scene.unread(&scene.author)), (before.clone(), 1), "{why}");
        };
        scene.delete(&scene.one, comment);
        assert_neutral("the comment is deleted");
        scene.restore(&scene.one, comment).unwrap();
        assert_back("the comment is back");
        scene.remove_post(post);
        assert_neutral("the post is deleted");
        let ctx = scene.ctx(&scene.author);
        scene.store.write_blocking(move |uow| restore_trash(uow, &ctx, post.0)).unwrap();
        assert_back("the post is back");
        for (table, id, gone, back) in [
            ("comments", comment.0, "hidden_reason = 'spam'", "hidden_reason = NULL"),
            ("comments", comment.0, "removed_at = created_at", "removed_at = NULL"),
            ("boards", scene.board.0, "deleted_at = created_at", "deleted_at = NULL"),
        ] {
            scene.set(table, id, gone);
            assert_neutral(gone);
            scene.set(table, id, back);
            assert_back(back);
        }
        // One's own hidden post is in sight, and what stands under it.
        scene.set("posts", post.0, "hidden_reason = 'spam'");
        assert_back("the own post is hidden");
    }

    fn not_5_reading_is_idempotent_and_for_ones_own(database) {
        let scene = Scene::new(database);
        let post = scene.post();
        for _ in 0..3 {
            scene.write(&scene.one, post);
        }
        let told = scene.notices(&scene.author);
        assert!(matches!(scene.read_one(&scene.one, told[0].id), Err(MarkReadError::NotFound)));
        assert_eq!(scene.unread(&scene.author), 3);
        scene.read_one(&scene.author, told[0].id).unwrap();
        scene.read_one(&scene.author, told[0].id).unwrap();
        assert_eq!(scene.unread(&scene.author), 2);
        let all_until = |until| {
            let ctx = scene.ctx(&scene.author);
            scene.store.write_blocking(move |uow| mark_all_read(uow, &ctx, until)).unwrap();
        };
        all_until(Some(told[2].created_at));
        assert_eq!(scene.unread(&scene.author), 1);
        all_until(None);
        all_until(None);
        assert_eq!(scene.unread(&scene.author), 0);
        let before = told[0].created_at;
        let purged = scene.store.write_blocking(move |uow| uow.notifications().purge(before)).unwrap();
        assert_eq!((purged, scene.notices(&scene.author).len()), (2, 1));
    }

    fn con_1_parallel_likes_give_one_hot_notice_to_an_anonymous_author(database) {
        const LIKERS: usize = 14;
        let scene = Scene::new(database);
        let post = scene.anonymous_post();
        let campus = scene.campus();
        let contexts: Vec<_> = (0..LIKERS)
            .map(|n| scene.ctx(&campus.member(scene.author.school, &format!("liker{n}"), Role::Student)))
            .collect();
        let (contexts, store, next) = (Arc::new(contexts), scene.store.shared(), AtomicUsize::new(0));
        let liked = in_parallel(LIKERS, move || {
            let ctx = contexts[next.fetch_add(1, Ordering::SeqCst)].clone();
            store.write_blocking(move |uow| like_post(uow, &ctx, post)).is_ok()
        });
        assert!(liked.iter().all(|liked| *liked));
        let told = scene.notices(&scene.author);
        assert_eq!((told.len(), told[0].kind, told[0].target), (1, Hot, Some(NoticeTarget::post(post))));
        assert_eq!(told[0].actor, None, "whose like it was is nobody's business");
    }

    fn brd_5_favourite_holders_are_told_once_a_notice(database) {
        let scene = Scene::new(database);
        let board = scene.board;
        scene.set("boards", board.0, "created_at = created_at");
        let (manager, holders) = (scene.author.clone(), [scene.author.clone(), scene.one.clone()]);
        let user = manager.user;
        scene.campus().write(move |uow| {
            let view = uow.boards().find(board)?.unwrap();
            let change = madang_domain::boards::BoardChange { manager_id: Some(user), ..(&view).into() };
            uow.boards().save(board, &change)?;
            holders.iter().try_for_each(|holder| uow.boards().add_favourite(holder.user, board))
        });
        let posts = [scene.post(), scene.anonymous_post()];
        let put_up = |post: Option<PostId>| {
            let ctx = scene.ctx(&manager);
            let command = EditBoard { notice_post_id: Some(post), ..EditBoard::default() };
            scene.store.write_blocking(move |uow| edit_board(uow, &ctx, board, command.clone(), &|_| true)).unwrap();
        };
        for post in [Some(posts[0]), Some(posts[1]), None, Some(posts[0])] {
            put_up(post);
        }
        assert_eq!(scene.kinds(&scene.one), [BoardNotice, BoardNotice]);
        let told = scene.notices(&scene.one);
        let Some(Author::Named(actor)) = &told[1].actor else { panic!("{told:?}") };
        assert_eq!((told[1].target, actor.id), (Some(NoticeTarget::post(posts[0])), manager.user));
        assert_eq!((scene.kinds(&scene.two), scene.kinds(&manager)), (vec![], vec![]));
        // Who has moved away is told nothing.
        let other = scene.campus().school("다른대학교");
        let there = match scene.store.database().kind() {
            DatabaseKind::Postgres => format!("school_id = '{other}'"),
            _ => format!("school_id = x'{}'", other.0.simple()),
        };
        scene.set("users", scene.one.user.0, &there);
        assert_eq!(scene.tell(BoardNotice, Recipient::FavouriteHolders { board, after: None, until: None }, None), 1);
    }

    fn brd_5_many_holders_are_told_in_rounds_each_once(database) {
        const HOLDERS: usize = 1_203;
        let scene = Scene::new(database);
        let (board, post, ctx) = (scene.board, scene.post(), scene.ctx(&scene.author));
        let campus = scene.campus();
        let school = scene.author.school;
        let holder = campus.member(school, "holder", Role::Student);
        let literal = |id: uuid::Uuid| match scene.store.database().kind() {
            DatabaseKind::Postgres => format!("'{id}'"),
            _ => format!("x'{}'", id.simple()),
        };
        let of = literal(holder.user.0);
        let kind = if scene.store.database().kind() == DatabaseKind::Postgres { "uuid" } else { "BLOB" };
        let columns = "school_id, admission_year, language, accept_messages, accept_anonymous_messages, \
            accept_friend_requests, share_free_time, notify_off, password_hash, hash_ver, is_staff, is_superuser, state, \
            enrolment_verified_at, epoch, created_at, updated_at";
        let mut sql = String::new();
        for n in 1..=HOLDERS {
            let id = literal(uuid::Uuid::from_u128(n as u128));
            sql += &format!(
                "INSERT INTO users (id, username, username_key, nickname, nickname_key, email, email_key, {columns}) \
                 SELECT CAST({id} AS {kind}), 'c{n}', 'c{n}', 'c{n}', 'c{n}', 'c{n}', 'c{n}', {columns} FROM users WHERE id = {of};"
            );
        }
        execute(scene.store.database(), &format!("BEGIN; {sql} COMMIT;"));
        campus.write(move |uow| {
            let ids = (1..=HOLDERS as u128).map(|n| madang_domain::ids::UserId(uuid::Uuid::from_u128(n)));
            ids.into_iter().try_for_each(|user| uow.boards().add_favourite(user, board))
        });
        let told = || {
            let rows = madang_testkit::look::dump(&scene.store.database().url_text());
            rows.iter().filter(|cell| cell.table == "notifications" && cell.column == "recipient_id").count()
        };
        scene.store.write_blocking(move |uow| tell_of_board_notice(uow, &ctx, board, post)).unwrap();
        assert_eq!(told(), 500, "some at once");
        let mut rounds = 0;
        while scene.store.write_blocking(tell_on).unwrap() {
            rounds += 1;
        }
        assert_eq!((told(), rounds), (HOLDERS, 2));
        // Another notice ends the rounds of the former.
        let (next, ctx) = (scene.post(), scene.ctx(&scene.author));
        scene.store.write_blocking(move |uow| {
            tell_of_board_notice(uow, &ctx, board, next)?;
            tell_of_board_notice(uow, &ctx, board, post)
        }).unwrap();
        while scene.store.write_blocking(tell_on).unwrap() {}
        assert_eq!(told(), HOLDERS + 500);
    }

    fn rpt_5_moderators_of_the_school_are_told_and_see_it_as_long_as_they_are(database) {
        let scene = Scene::new(database);
        let campus = scene.campus();
        let school = scene.author.school;
        let moderator = campus.member(school, "steward", Role::Moderator);
        let elsewhere = campus.member(campus.school("다른대학교"), "stranger", Role::Moderator);
        let case = NoticeTarget::other(TargetKind::Case, scene.world.moment().fresh::<CommentId>());
        assert_eq!(scene.tell(ModerationCase, Recipient::ModeratorsOf(school), Some(case)), 1);
        assert_eq!(scene.notices(&moderator)[0].target, Some(case));
        assert_eq!(scene.kinds(&elsewhere), []);
        let dismissed = Actor { role: Role::Student, ..moderator };
        assert!(scene.notices(&dismissed)[0].is_neutral);
    }

    fn anon_5h_a_row_holds_no_anonymous_actor(database) {
        let scene = Scene::new(database);
        let post = scene.post();
        scene.try_write(&scene.one, CreateComment { is_anonymous: Some(true), ..command(post) }).unwrap();
        let rows = madang_testkit::look::dump(&scene.store.database().url_text());
        let id = scene.one.user.0.simple().to_string();
        let tells = |cell: &madang_testkit::look::Cell| {
            cell.table == "notifications" && cell.value.to_lowercase().replace('-', "").contains(&id)
        };
        assert!(!rows.iter().any(tells));
        assert!(rows.iter().any(|cell| cell.table == "notifications" && cell.column == "actor_number"));
        // Both count: a day passes, and it is still there.
        scene.world.clock.advance(TimeDelta::days(1));
        assert_eq!(scene.unread(&scene.author), 1);
    }
}
