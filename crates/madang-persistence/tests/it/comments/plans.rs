//! Each list is one statement that indexes answer.

use super::{command, newest, oldest};
use crate::posts::plans::plan;
use chrono::TimeDelta;
use madang_domain::actor::{Actor, Role};
use madang_domain::boards::BoardFlags;
use madang_domain::comments::{
    FindCommentError, NewComment, OwnCommentFilter, Thread, Writer, create_comment, list_comments,
    list_own_comments, list_replies,
};
use madang_domain::ids::{BoardId, CommentId, PostId};
use madang_domain::posts::{ListPostsError, NewPost, PostFilter, list_own_posts};
use madang_persistence::{Options, StatementLog};
use madang_testkit::{Campus, DatabaseKind, World, on_each_database};

/// Enough of everything that the planner has something to choose between; the first post has many comments, and its
/// first comment many replies.
fn fill(campus: &Campus<'_>, writer: &Actor, board: BoardId) -> (PostId, CommentId) {
    let ctx = campus.next_ctx(writer);
    campus.write(move |uow| {
        let mut first = None;
        for n in 0..40_i64 {
            let post = NewPost {
                id: ctx.fresh(),
                school_id: ctx.actor.school,
                board_id: board,
                author: ctx.actor.user,
                is_anonymous: false,
                is_question: false,
                comments_locked: false,
                title: None,
                contents: format!("글 {n}"),
                hashtags: Vec::new(),
                images: Vec::new(),
                created_at: ctx.now + TimeDelta::seconds(n),
            };
            uow.posts().add(&post)?;
            let mut parent = None;
            for m in 0..80_i64 {
                let comment = NewComment {
                    id: ctx.fresh(),
                    post_id: post.id,
                    parent_id: parent.filter(|_| m % 2 == 1),
                    writer: Writer::Named(ctx.actor.user),
                    contents: format!("댓글 {m}"),
                    created_at: ctx.now + TimeDelta::seconds(100 + m),
                };
                uow.comments().add(&comment)?;
                parent = parent.or(Some(comment.id));
            }
            first = first.or(parent.map(|parent| (post.id, parent)));
        }
        first.ok_or_else(|| madang_domain::store::StoreError::internal("nothing was written"))
    })
}

on_each_database! {
    fn comments_are_one_statement_with_an_index_whatever_the_limit(database) {
        let log = StatementLog::default();
        let options = Options { statements: Some(log.clone()), ..database.options() };
        let (store, world) = (database.store_with(options), World::new());
        let campus = Campus::new(store.shared(), &world);
        let school = campus.school("한빛대학교");
        let board = campus.board(school, "자유게시판", BoardFlags::default());
        let writer = campus.member(school, "writer", Role::Student);
        let reader = campus.member(school, "reader", Role::Student);
        let (post, parent) = fill(&campus, &writer, board);
        let ctx = campus.next_ctx(&reader);
        let own = ctx.clone();
        store.write_blocking(move |uow| create_comment(uow, &own, command(post))).unwrap();
        log.take();

        let mut plans = Vec::new();
        for limit in [1, 100] {
            let ctx = ctx.clone();
            store.read_blocking(move |uow| {
                list_comments(uow, &ctx, post, oldest(limit))?;
                let thread = uow.comments().find_thread(&ctx.actor, post)?.ok_or(FindCommentError::NotFound)?;
                let long = Thread { comment_count: i64::MAX, ..thread };
                uow.comments().list(&ctx.actor, &long, oldest(limit), 50)?;
                list_replies(uow, &ctx, parent, oldest(limit))?;
                list_own_comments(uow, &ctx, &OwnCommentFilter::default(), newest(limit))?;
                list_own_posts(uow, &ctx, &PostFilter::default(), newest(limit)).map_err(|error| match error {
                    ListPostsError::Store(error) => FindCommentError::Store(error),
                    _ => FindCommentError::NotFound,
                })?;
                Ok::<_, FindCommentError>(())
            }).unwrap();
            let sent: Vec<_> = log.take().into_iter().flat_map(|unit| unit.statements).collect();
            assert_eq!(sent.len(), 8, "the thread and its comments, short and long, a comment and its replies, own lists: {sent:#?}");
            plans = sent.iter().map(|sql| plan(store.database(), sql)).collect();
        }
        // PostgreSQL reads all blocks of a viewer at once where it sees few.
        let (by_name, by_label) = match store.database().kind() {
            DatabaseKind::Postgres => ("blocks_", "blocks_"),
            _ => ("blocks_user", "blocks_label"),
        };
        let whole = if store.database().kind() == DatabaseKind::Postgres { "comments_" } else { "PRIMARY KEY (post_id=?)" };
        let expected: [&[&str]; 8] = [
            &[],
            &[whole, by_name, by_label],
            &[],
            &["comments_thread_feed", "comments_reply_feed", by_name, by_label],
            &[by_name, by_label],
            &["comments_reply_feed", by_name, by_label],
            &["comments_author_feed", "anonymous_identities_user", "comments_label"],
            &["posts_author_feed", "anonymous_identities_user"],
        ];
        for (plan, indexes) in plans.iter().zip(expected) {
            for index in indexes {
                assert!(plan.contains(index), "{index} is not used:\n{plan}");
            }
            let scans = plan.lines().filter(|line| {
                line.contains("SCAN comments") || line.contains("Seq Scan on blocks") || line.contains("SCAN b") || line.contains("Seq Scan on comments") || line.contains("Seq Scan on posts")
            });
            assert_eq!(scans.count(), 0, "it reads a whole table:\n{plan}");
        }
    }
}
