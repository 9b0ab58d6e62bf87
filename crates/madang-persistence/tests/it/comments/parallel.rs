//! What happens at once.

use super::{Scene, command};
use crate::posts::in_parallel;
use madang_domain::actor::Role;
use madang_domain::boards::BoardFlags;
use madang_domain::comments::{
    ChangeCommentError, CreateComment, EditCommentError, create_comment, delete_comment, edit_comment,
};
use madang_domain::posts::{Author, delete_post};
use madang_domain::trash::restore_trash;
use madang_testkit::{World, on_each_database};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

on_each_database! {
    fn con_3_parallel_first_comments_get_gapless_numbers(database) {
        const PEOPLE: usize = 6;
        let scene = Scene::new(database);
        let post = scene.post();
        let campus = scene.campus();
        let people: Vec<_> =
            (0..PEOPLE).map(|n| campus.member(scene.one.school, &format!("writer{n}"), Role::Student)).collect();
        let contexts: Arc<Vec<_>> = Arc::new(people.iter().map(|actor| scene.ctx(actor)).collect());
        let (store, next) = (scene.store.shared(), AtomicUsize::new(0));
        // Each person writes twice at once.
        let written = in_parallel(2 * PEOPLE, move || {
            let person = next.fetch_add(1, Ordering::SeqCst) % PEOPLE;
            let ctx = contexts[person].clone();
            let comment = CreateComment { is_anonymous: Some(true), ..command(post) };
            (person, store.write_blocking(move |uow| create_comment(uow, &ctx, comment.clone())).unwrap())
        });
        let numbers: BTreeSet<_> = written.into_iter().map(|(person, id)| {
            let Author::Anonymous { number } = scene.find(&scene.two, id).unwrap().comment.author else { panic!() };
            (person, number)
        }).collect();
        assert_eq!(numbers.len(), PEOPLE, "one number a person: {numbers:?}");
        let used: BTreeSet<_> = numbers.into_iter().map(|(_, number)| number).collect();
        assert_eq!(used, (1..=6).map(Some).collect());
        assert_eq!(scene.find_post(&scene.one, post).comment_count, 12);
    }

    fn con_9_parallel_deletes_delete_once(database) {
        let scene = Scene::new(database);
        let post = scene.post();
        let id = scene.write(&scene.one, post);
        let (ctx, store) = (scene.ctx(&scene.one), scene.store.shared());
        let done = in_parallel(8, move || {
            let ctx = ctx.clone();
            store.write_blocking(move |uow| delete_comment(uow, &ctx, id, &|_| true))
        });
        assert_eq!(done.iter().filter(|done| done.is_ok()).count(), 1);
        assert_eq!(done.iter().filter(|done| matches!(done, Err(ChangeCommentError::NotFound))).count(), 7);
        assert_eq!(scene.find_post(&scene.one, post).comment_count, 0);
    }

    fn con_9_a_post_goes_while_people_comment(database) {
        let scene = Scene::new(database);
        let post = scene.post();
        let (writing, deleting) = (scene.ctx(&scene.one), scene.ctx(&scene.author));
        let (store, turn) = (scene.store.shared(), AtomicUsize::new(0));
        let done = in_parallel(8, move || match turn.fetch_add(1, Ordering::SeqCst) {
            3 => {
                let ctx = deleting.clone();
                store.write_blocking(move |uow| delete_post(uow, &ctx, post, &|_| true)).unwrap();
                false
            }
            _ => {
                let ctx = writing.clone();
                store.write_blocking(move |uow| create_comment(uow, &ctx, command(post))).is_ok()
            }
        });
        let written = done.iter().filter(|done| **done).count();
        let ctx = scene.ctx(&scene.author);
        scene.store.write_blocking(move |uow| restore_trash(uow, &ctx, post.0)).unwrap();
        assert_eq!(scene.list(&scene.one, post).len(), written);
        assert_eq!(scene.find_post(&scene.one, post).comment_count, i64::try_from(written).unwrap());
    }

    fn con_10_parallel_edits_of_one_state_succeed_once(database) {
        let flags = BoardFlags { comments_editable: true, ..BoardFlags::default() };
        let scene = Scene::with(database, World::new(), flags);
        let id = scene.write(&scene.one, scene.post());
        let (ctx, store) = (scene.ctx(&scene.one), scene.store.shared());
        let results = in_parallel(8, move || {
            let ctx = ctx.clone();
            store.write_blocking(move |uow| {
                let contents = format!("{:?}", thread::current().id());
                edit_comment(uow, &ctx, id, Some(&contents), &|seen| seen.comment.contents == "댓글")
            })
        });
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
        let refused = results.iter().filter(|result| {
            matches!(result, Err(EditCommentError::Change(ChangeCommentError::PreconditionFailed)))
        });
        assert_eq!(refused.count(), 7);
    }
}
