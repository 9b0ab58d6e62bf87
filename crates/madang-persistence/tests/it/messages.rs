//! The contract of messages.

use crate::comments::{Scene, newest};
use crate::posts::in_parallel;
use chrono::TimeDelta;
use madang_domain::accounts::{purge_accounts, withdraw};
use madang_domain::actor::{Actor, Role};
use madang_domain::blocks::{BlockTarget, CreateBlock, create_block};
use madang_domain::ids::MessageThreadId;
use madang_domain::messages::{
    ContextKind, MessageView, OpenThread, OpenedThread, ThreadView, delete_thread, list_messages,
    mark_thread_read, open_thread, send_message,
};
use madang_domain::posts::Author;
use madang_domain::store::{StoreError, UnitOfWork};
use madang_testkit::on_each_database;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use uuid::Uuid;

fn open(scene: &Scene, actor: &Actor, kind: ContextKind, id: impl Into<Uuid>) -> OpenedThread {
    let command = OpenThread { kind, context_id: id.into(), contents: "안녕".to_owned() };
    let ctx = scene.ctx(actor);
    scene.store.write_blocking(move |uow| open_thread(uow, &ctx, command.clone())).unwrap()
}

fn send(scene: &Scene, actor: &Actor, id: MessageThreadId) {
    let ctx = scene.ctx(actor);
    scene.store.write_blocking(move |uow| send_message(uow, &ctx, id, "네".to_owned())).unwrap();
}

fn delete(scene: &Scene, actor: &Actor, id: MessageThreadId) {
    let ctx = scene.ctx(actor);
    scene.store.write_blocking(move |uow| delete_thread(uow, &ctx, id, &|_| true)).unwrap();
}

fn find(scene: &Scene, actor: &Actor, id: MessageThreadId) -> Option<ThreadView> {
    let actor = actor.clone();
    scene.store.read_blocking::<_, StoreError, _>(move |uow| uow.messages().find(&actor, id)).unwrap()
}

fn messages(scene: &Scene, actor: &Actor, id: MessageThreadId) -> Vec<MessageView> {
    let ctx = scene.ctx(actor);
    let found = scene.store.read_blocking(move |uow| list_messages(uow, &ctx, id, &[], newest(100)));
    found.unwrap().unwrap().1.items
}

fn purge(scene: &Scene) -> usize {
    let before = scene.world.now() - TimeDelta::days(30);
    scene.store.write_blocking(move |uow| uow.messages().purge(before, 10)).unwrap()
}

on_each_database! {
    fn msg_1_con_parallel_opens_make_one_thread(database) {
        let scene = Scene::new(database);
        let named = scene.post();
        let anonymous = scene.post_with(|post| post.is_anonymous = Some(true));
        let label = scene.write_anonymously(&scene.author, named);
        let contexts = [
            (ContextKind::Post, named.0),
            (ContextKind::Post, anonymous.0),
            (ContextKind::Comment, label.0),
        ];
        let (store, one, author) = (scene.store.shared(), scene.ctx(&scene.one), scene.ctx(&scene.author));
        let turn = AtomicUsize::new(0);
        let done = in_parallel(8, move || {
            // Both sides of a pair open it at once.
            let is_one = turn.fetch_add(1, Ordering::SeqCst).is_multiple_of(2);
            let (ctx, other) = if is_one { (&one, author.actor.user) } else { (&author, one.actor.user) };
            let own = if is_one { contexts.as_slice() } else { &[] };
            let all = own.iter().copied().chain([(ContextKind::User, other.0)]);
            let opened = all.map(|(kind, context_id)| {
                let (ctx, command) = (ctx.clone(), OpenThread { kind, context_id, contents: "안녕".to_owned() });
                let opened = store.write_blocking(move |uow| open_thread(uow, &ctx, command.clone())).unwrap();
                (kind, opened.thread.id, opened.is_new)
            });
            opened.collect::<Vec<_>>()
        });
        let all: Vec<_> = done.into_iter().flatten().collect();
        assert_eq!(all.iter().map(|(_, id, _)| *id).collect::<BTreeSet<_>>().len(), 4);
        assert_eq!(all.iter().filter(|(.., is_new)| *is_new).count(), 4);
        let pair = all.iter().find(|(kind, ..)| *kind == ContextKind::User).unwrap().1;
        assert_eq!(messages(&scene, &scene.one, pair).len(), 8, "every message is there");
        let unread = [&scene.one, &scene.author].map(|actor| find(&scene, actor, pair).unwrap().unread);
        assert_eq!(unread, [4, 4]);
    }

    fn msg_5_unread_is_right_while_people_write_read_and_delete_at_once(database) {
        let scene = Scene::new(database);
        let post = scene.post_with(|post| post.is_anonymous = Some(true));
        let id = open(&scene, &scene.one, ContextKind::Post, post).thread.id;
        let (store, one, author) = (scene.store.shared(), scene.ctx(&scene.one), scene.ctx(&scene.author));
        let turn = AtomicUsize::new(0);
        in_parallel(12, move || {
            let n = turn.fetch_add(1, Ordering::SeqCst);
            let (one, author) = (one.clone(), author.clone());
            match n % 4 {
                0 | 1 => store.write_blocking(move |uow| send_message(uow, &one, id, "네".to_owned()).map(drop)).unwrap(),
                2 => drop(store.write_blocking(move |uow| mark_thread_read(uow, &author, id))),
                _ => drop(store.write_blocking(move |uow| delete_thread(uow, &author, id, &|_| true))),
            }
        });
        send(&scene, &scene.one, id);
        let shown = messages(&scene, &scene.author, id);
        let unread = shown.iter().filter(|message| message.is_unread).count();
        assert_eq!(find(&scene, &scene.author, id).unwrap().unread, i64::try_from(unread).unwrap());
        assert!(unread >= 1 && shown[0].is_unread);
        let user = scene.author.user;
        let counted = scene.store.read_blocking::<_, StoreError, _>(move |uow| uow.messages().count_unread(user));
        assert_eq!(counted.unwrap(), i64::try_from(unread).unwrap());
        assert_eq!(messages(&scene, &scene.one, id).len(), 8);
    }

    fn msg_6_a_thread_that_both_have_deleted_is_erased_unless_it_is_blocked(database) {
        let scene = Scene::new(database);
        let post = scene.post_with(|post| post.is_anonymous = Some(true));
        let third = scene.campus().member(scene.one.school, "third", Role::Student);
        let [blocked, gone, kept] =
            [&scene.one, &scene.two, &third].map(|actor| open(&scene, actor, ContextKind::Post, post).thread.id);
        let command = CreateBlock { target: BlockTarget::MessageThread, target_id: blocked.0 };
        let ctx = scene.ctx(&scene.author);
        scene.store.write_blocking(move |uow| create_block(uow, &ctx, command)).unwrap();
        for (actor, id) in [(&scene.one, blocked), (&scene.two, gone), (&scene.author, gone), (&third, kept)] {
            delete(&scene, actor, id);
        }
        assert_eq!(purge(&scene), 0);
        scene.world.clock.advance(TimeDelta::days(31));
        // The blocker cannot delete what is out of sight; a deletion at the same moment could.
        let raced = "UPDATE message_sides SET deleted_at = last_message_at WHERE item_id IS NULL \
                     AND thread_id IN (SELECT thread_id FROM blocks)";
        crate::support::execute(scene.store.database(), raced);
        assert_eq!((purge(&scene), purge(&scene)), (1, 0));
        let closed = [scene.one.user, scene.two.user, third.user].map(|user| {
            let ask = move |uow: &mut dyn UnitOfWork| uow.messages().is_label_closed(user, post, 0);
            scene.store.read_blocking::<_, StoreError, _>(ask).unwrap()
        });
        assert_eq!(closed, [true, false, false]);
        assert_eq!(messages(&scene, &scene.author, kept).len(), 1);
        assert_eq!(find(&scene, &third, kept), None);
    }

    fn acc_20_msg_6_an_erased_side_is_empty_and_the_other_keeps_the_thread(database) {
        let scene = Scene::new(database);
        let (named, hidden) = (scene.post(), scene.post_with(|post| post.is_anonymous = Some(true)));
        let [by_name, labelled] = [named, hidden].map(|post| open(&scene, &scene.one, ContextKind::Post, post).thread.id);
        send(&scene, &scene.author, labelled);
        let before = find(&scene, &scene.one, labelled).unwrap();
        let ctx = scene.ctx(&scene.author);
        scene.store.write_blocking(move |uow| withdraw(uow, &ctx)).unwrap();
        assert_eq!(find(&scene, &scene.one, labelled).unwrap(), before);
        assert_eq!(find(&scene, &scene.one, by_name).unwrap().other.author, Author::Withdrawn);
        scene.world.clock.advance(TimeDelta::days(15));
        let moment = scene.world.moment();
        scene.store.write_blocking(move |uow| purge_accounts(uow, &moment)).unwrap();
        assert_eq!(find(&scene, &scene.one, labelled).unwrap(), before, "nothing tells that anybody has left");
        assert_eq!(find(&scene, &scene.one, by_name).unwrap().other.author, Author::Withdrawn);
        assert_eq!(find(&scene, &scene.author, labelled), None);
        send(&scene, &scene.one, labelled);
        assert_eq!(messages(&scene, &scene.one, labelled).len(), 3);
        delete(&scene, &scene.one, labelled);
        delete(&scene, &scene.one, by_name);
        scene.world.clock.advance(TimeDelta::days(31));
        assert_eq!((purge(&scene), purge(&scene)), (2, 0));
    }
}
