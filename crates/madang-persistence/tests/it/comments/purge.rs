//! Comments whose time in the trash is over.

use super::placeholders::mark;
use super::{Scene, ids, oldest};
use crate::counters::wrong;
use chrono::TimeDelta;
use madang_domain::actor::Actor;
use madang_domain::comments::{CommentState, CreateComment, list_comments, purge_comments};
use madang_domain::ids::{CommentId, PostId};
use madang_domain::trash::RestoreTrashError;
use madang_testkit::{look, on_each_database};

/// What every text of these tests holds, and nothing else.
const WORD: &str = "지울말";

impl Scene {
    fn say(&self, actor: &Actor, post_id: PostId, parent_id: Option<CommentId>) -> CommentId {
        let contents = format!("{WORD} {}", self.world.now());
        self.try_write(actor, CreateComment { post_id, parent_id, contents, is_anonymous: Some(true) })
            .unwrap()
    }

    /// Purges after that many days; how many comments it was.
    fn purge_after(&self, days: i64) -> usize {
        self.world.clock.advance(TimeDelta::days(days));
        let moment = self.world.moment();
        let purged = self.store.write_blocking(move |uow| purge_comments(uow, &moment)).unwrap();
        assert_eq!(wrong(self), [], "a purge moves no counter");
        purged
    }

    /// How many values in the whole database hold the word.
    fn words(&self) -> usize {
        let cells = look::dump(&self.store.database().url_text());
        cells.iter().filter(|cell| cell.value.contains(WORD)).count()
    }

    fn rows(&self) -> usize {
        let cells = look::dump(&self.store.database().url_text());
        cells.iter().filter(|cell| (&*cell.table, &*cell.column) == ("comments", "id")).count()
    }
}

on_each_database! {
    fn del_6_a_comment_is_erased_when_its_time_in_the_trash_is_over(database) {
        let scene = Scene::new(database);
        let post = scene.post();
        let (gone, back, kept) =
            (scene.say(&scene.one, post, None), scene.say(&scene.one, post, None), scene.say(&scene.two, post, None));
        let ctx = scene.ctx(&scene.two);
        scene.store.write_blocking(move |uow| madang_domain::likes::like_comment(uow, &ctx, gone)).unwrap();
        scene.delete(&scene.one, gone);
        assert_eq!((scene.purge_after(29), scene.words()), (0, 4), "three texts and an excerpt");
        scene.delete(&scene.one, back);
        assert_eq!((scene.purge_after(1), scene.words(), scene.rows()), (1, 3, 2));
        let refused = scene.restore(&scene.one, gone);
        assert!(matches!(refused, Err(RestoreTrashError::NotFound)), "{refused:?}");
        scene.restore(&scene.one, back).unwrap();
        assert_eq!(ids(&scene.list(&scene.two, post)), [back, kept]);
        assert_eq!((scene.purge_after(60), scene.words()), (0, 2), "what is not in the trash stays");

        // ANON-1: the number of whoever wrote what is gone stays theirs.
        let again = scene.say(&scene.one, post, None);
        let author = |id| scene.find(&scene.author, id).unwrap().comment.author;
        assert_eq!(author(again), author(back));
        assert_ne!(author(again), author(kept));
    }

    fn del_6_a_purged_comment_keeps_its_placeholder_while_it_has_live_replies(database) {
        let scene = Scene::new(database);
        let post = scene.post();
        let parent = scene.say(&scene.one, post, None);
        let (first, last) = (scene.say(&scene.two, post, Some(parent)), scene.say(&scene.author, post, Some(parent)));
        scene.delete(&scene.one, parent);
        let (ctx, reader) = (scene.ctx(&scene.two), scene.ctx(&scene.two));
        let before = scene.store.read_blocking(move |uow| list_comments(uow, &ctx, post, oldest(9))).unwrap().items;
        assert_eq!((scene.purge_after(30), scene.words(), scene.rows()), (1, 2, 3));
        let mut after =
            scene.store.read_blocking(move |uow| list_comments(uow, &reader, post, oldest(9))).unwrap().items;
        assert_eq!((after[0].state, &*after[0].comment.contents), (CommentState::Deleted, ""));
        after[0].comment.contents.clone_from(&before[0].comment.contents);
        assert_eq!(after, before, "nobody sees a difference");

        scene.delete(&scene.two, first);
        assert_eq!(scene.list(&scene.one, post)[0].comment.reply_count, 1);
        scene.delete(&scene.author, last);
        assert_eq!(scene.list(&scene.one, post), [], "the placeholder goes with the last live reply");
        assert_eq!((scene.purge_after(29), scene.rows()), (0, 3), "replies may come back, and need their place");
        scene.restore(&scene.author, last).unwrap();
        let listed = scene.list(&scene.one, post);
        assert_eq!((ids(&listed), ids(&listed[0].replies)), (vec![parent], vec![last]));
        assert_eq!((scene.purge_after(1), scene.words(), scene.rows()), (1, 1, 2));
        scene.delete(&scene.author, last);
        assert_eq!((scene.purge_after(30), scene.words(), scene.rows()), (1, 0, 0), "nothing refers to it any more");
        assert_eq!(scene.find_post(&scene.one, post).comment_count, 0);
    }

    fn del_6_comments_under_a_deleted_post_and_removed_ones_are_left(database) {
        let scene = Scene::new(database);
        let post = scene.post();
        let (live, removed) = (scene.say(&scene.one, post, None), scene.say(&scene.two, post, None));
        // As staff will remove it: nothing was put into the trash.
        mark(&scene, "comments", removed, "removed_at = $now");
        scene.campus().write(move |uow| {
            uow.posts().bump_comments(post, -1)?;
            uow.comments().purge(live)?;
            uow.comments().purge(removed)
        });
        scene.delete_post(post);
        assert_eq!((scene.purge_after(31), scene.words(), scene.rows()), (0, 2, 2));
    }
}
