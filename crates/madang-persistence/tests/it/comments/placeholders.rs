//! What is left of comments that are deleted, removed or hidden.

use super::{Scene, command, ids, oldest};
use madang_domain::actor::Actor;
use madang_domain::comments::{
    ChangeCommentError, CommentState, CreateComment, CreateCommentError, FindCommentError, list_comments,
    list_replies,
};
use madang_domain::ids::CommentId;
use madang_domain::permissions::Denial;
use madang_domain::posts::ReportReason;
use madang_domain::visibility::Sight;
use madang_testkit::{DatabaseKind, on_each_database};

/// Marks a row as staff will.
pub(super) fn mark(scene: &Scene, table: &str, id: impl Into<uuid::Uuid>, set: &str) {
    let id = id.into().simple();
    let database = scene.store.database();
    match database.kind() {
        DatabaseKind::Postgres => {
            let set = set.replace("$now", "now()");
            crate::support::execute(database, &format!("UPDATE {table} SET {set} WHERE id = '{id}'"));
        }
        _ => {
            let set = set.replace("$now", "1");
            crate::support::execute(database, &format!("UPDATE {table} SET {set} WHERE id = x'{id}'"));
        }
    }
}

fn states(scene: &Scene, viewer: &Actor, id: CommentId) -> Option<(CommentState, Sight)> {
    let post = scene.find(viewer, id);
    post.ok().map(|seen| (seen.state, seen.sight))
}

on_each_database! {
    fn cmt_3_a_deleted_comment_leaves_a_placeholder_while_it_has_live_replies(database) {
        let scene = Scene::new(database);
        let post = scene.post();
        let bare = scene.write(&scene.one, post);
        let parent = scene.write(&scene.one, post);
        let reply = scene.reply(&scene.two, post, parent);
        let refused = scene.try_delete(&scene.author, parent);
        let Err(ChangeCommentError::Denied(Denial::Forbidden)) = refused else { panic!("{refused:?}") };
        scene.delete(&scene.one, bare);
        scene.delete(&scene.one, parent);
        assert!(matches!(scene.try_delete(&scene.one, parent), Err(ChangeCommentError::Denied(Denial::NotFound))));
        let listed = scene.list(&scene.one, post);
        assert_eq!((ids(&listed), ids(&listed[0].replies)), (vec![parent], vec![reply]));
        assert_eq!((listed[0].state, listed[0].sight), (CommentState::Deleted, Sight::Stub));
        assert_eq!(listed[0].comment.reply_count, 1);
        let can = listed[0].can;
        assert!([can.edit, can.delete, can.like, can.reply, can.message, can.report, can.remove]
            .iter().all(Result::is_err));
        let ctx = scene.ctx(&scene.author);
        let replies = scene.store.read_blocking(move |uow| list_replies(uow, &ctx, parent, oldest(20))).unwrap();
        assert_eq!(ids(&replies.items), [reply]);
        assert!(matches!(scene.find(&scene.two, parent), Err(FindCommentError::Denied(Denial::NotFound))));
        assert_eq!(scene.find_post(&scene.one, post).comment_count, 1);

        scene.delete(&scene.two, reply);
        assert_eq!(scene.list(&scene.one, post), []);
        assert_eq!(scene.find_post(&scene.one, post).comment_count, 0);
        scene.restore(&scene.two, reply).unwrap();
        assert_eq!(ids(&scene.list(&scene.one, post)), [parent]);
        scene.restore(&scene.one, parent).unwrap();
        assert_eq!(scene.list(&scene.one, post)[0].state, CommentState::Live);
        assert_eq!(scene.find_post(&scene.one, post).comment_count, 2);
    }

    fn cmt_3_a_removed_comment_leaves_a_placeholder_and_no_trash(database) {
        let scene = Scene::new(database);
        let post = scene.post();
        let parent = scene.write(&scene.one, post);
        let reply = scene.reply(&scene.two, post, parent);
        mark(&scene, "comments", parent, "removed_at = $now");
        let listed = scene.list(&scene.one, post);
        assert_eq!((listed[0].state, listed[0].sight), (CommentState::Removed, Sight::Stub));
        assert!(matches!(scene.try_delete(&scene.one, parent), Err(ChangeCommentError::Denied(Denial::NotFound))));
        let to_it = CreateComment { parent_id: Some(parent), ..command(post) };
        assert!(matches!(scene.try_write(&scene.two, to_it), Err(CreateCommentError::NotFound)));
        scene.delete(&scene.two, reply);
        mark(&scene, "comments", reply, "removed_at = $now");
        assert!(scene.restore(&scene.two, reply).is_err());
        assert_eq!(scene.list(&scene.one, post), []);
    }

    fn cmt_4_a_hidden_comment_is_a_placeholder_to_all_but_its_author(database) {
        let scene = Scene::new(database);
        let post = scene.post();
        let id = scene.write(&scene.one, post);
        let reply = scene.reply(&scene.one, post, id);
        for hidden in [id, reply] {
            mark(&scene, "comments", hidden, "hidden_reason = 'spam'");
        }
        let own = scene.list(&scene.one, post);
        let others = scene.list(&scene.two, post);
        for (listed, sight) in [(&own, Sight::Whole), (&others, Sight::Stub)] {
            for seen in [&listed[0], &listed[0].replies[0]] {
                assert_eq!((seen.state, seen.sight), (CommentState::Hidden, sight));
                assert_eq!(seen.comment.hidden_reason, Some(ReportReason::Spam));
                assert_eq!((seen.can.delete, seen.can.edit), (Err(Denial::ItemHidden), Err(Denial::SwitchedOff)));
            }
        }
        assert_eq!(states(&scene, &scene.one, id), Some((CommentState::Hidden, Sight::Whole)));
        assert!(matches!(scene.find(&scene.two, id), Err(FindCommentError::Denied(Denial::ItemHidden))));
        for actor in [&scene.one, &scene.two] {
            let refused = scene.try_delete(actor, id);
            let Err(ChangeCommentError::Denied(Denial::ItemHidden)) = refused else { panic!("{refused:?}") };
            let refused = scene.try_write(actor, CreateComment { parent_id: Some(id), ..command(post) });
            let Err(CreateCommentError::Denied(Denial::ItemHidden)) = refused else { panic!("{refused:?}") };
        }
        assert_eq!(scene.find_post(&scene.one, post).comment_count, 2);
    }

    fn vis_2_a_hidden_post_shows_its_comments_to_its_author_alone(database) {
        let scene = Scene::new(database);
        let post = scene.post();
        let id = scene.write(&scene.one, post);
        mark(&scene, "posts", post, "hidden_reason = 'abuse'");
        assert_eq!(ids(&scene.list(&scene.author, post)), [id]);
        let ctx = scene.ctx(&scene.one);
        let refused = scene.store.read_blocking(move |uow| list_comments(uow, &ctx, post, oldest(20)));
        assert!(matches!(refused, Err(FindCommentError::Denied(Denial::ItemHidden))));
        assert!(matches!(scene.find(&scene.one, id), Err(FindCommentError::Denied(Denial::ItemHidden))));
        for actor in [&scene.author, &scene.one] {
            let refused = scene.try_write(actor, command(post));
            let Err(CreateCommentError::Denied(Denial::ItemHidden)) = refused else { panic!("{refused:?}") };
        }
        assert_eq!(scene.own(&scene.one, madang_domain::comments::OwnCommentFilter::default()), []);
    }
}
