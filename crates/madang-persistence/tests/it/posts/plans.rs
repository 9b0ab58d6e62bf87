//! Each list is one statement that an index answers.

use super::{new_post, newest};
use chrono::TimeDelta;
use diesel::prelude::*;
use diesel::sql_types::Text;
use madang_domain::actor::{Actor, Role};
use madang_domain::boards::BoardFlags;
use madang_domain::filters::OneOf;
use madang_domain::ids::SchoolId;
use madang_domain::posts::{
    NewPost, PostFilter, list_best_posts, list_board_posts, list_hot_posts, list_own_posts, list_posts,
};
use madang_domain::scraps::list_scraps;
use madang_domain::search::SearchTerms;
use madang_domain::trash::list_trash;
use madang_persistence::{Options, StatementLog};
use madang_testkit::{Campus, DatabaseKind, TestDatabase, World, on_each_database};

#[derive(QueryableByName)]
struct SqliteStep {
    #[diesel(sql_type = Text)]
    detail: String,
}

#[cfg(feature = "postgres")]
#[derive(QueryableByName)]
struct PostgresStep {
    #[diesel(sql_type = Text, column_name = "QUERY PLAN")]
    detail: String,
}

/// How `database` would run the statement.
pub(crate) fn plan(database: &TestDatabase, sql: &str) -> String {
    match database.kind() {
        DatabaseKind::Postgres => postgres_plan(database, sql),
        _ => {
            let path = database.url_text();
            let path = path.strip_prefix("sqlite:").unwrap_or(&path);
            let mut conn = SqliteConnection::establish(path).unwrap();
            let steps =
                diesel::sql_query(format!("EXPLAIN QUERY PLAN {sql}")).load::<SqliteStep>(&mut conn).unwrap();
            steps.into_iter().map(|step| step.detail).collect::<Vec<_>>().join("\n")
        }
    }
}

#[cfg(feature = "postgres")]
fn postgres_plan(database: &TestDatabase, sql: &str) -> String {
    use diesel::connection::SimpleConnection;

    let mut conn = PgConnection::establish(&database.url_text()).unwrap();
    let binds =
        (1..).take_while(|n| sql.contains(&format!("${n}"))).map(|_| "NULL").collect::<Vec<_>>().join(", ");
    // On a few rows a scan would be cheaper; what counts is whether an index can answer.
    let setup = format!(
        "ANALYZE; SET enable_seqscan = off; SET enable_sort = off; SET plan_cache_mode = force_generic_plan; PREPARE listed AS {sql}"
    );
    conn.batch_execute(&setup).unwrap();
    let steps = diesel::sql_query(format!("EXPLAIN EXECUTE listed({binds})"))
        .load::<PostgresStep>(&mut conn)
        .unwrap();
    steps.into_iter().map(|step| step.detail).collect::<Vec<_>>().join("\n")
}

#[cfg(not(feature = "postgres"))]
fn postgres_plan(_: &TestDatabase, _: &str) -> String {
    unreachable!("there is no PostgreSQL in this build")
}

/// Enough posts on other boards and of another school that the planner has something to choose between.
fn fill(campus: &Campus<'_>, author: &Actor, school: SchoolId) {
    let elsewhere = campus.school("다른대학교");
    let boards: Vec<_> = (0..20)
        .map(|n| {
            // Few of all posts are of the school, or an index of all posts would serve as well.
            let school = if n % 10 == 0 { school } else { elsewhere };
            (school, campus.board(school, &format!("게시판 {n}"), BoardFlags::default()))
        })
        .collect();
    let ctx = campus.next_ctx(author);
    campus.write(move |uow| {
        for n in 0..2000_usize {
            let (school_id, board_id) = boards[n % boards.len()];
            let post = new_post(&ctx, school_id, board_id, &format!("글 {n}"));
            uow.posts().add(&NewPost {
                created_at: ctx.now + TimeDelta::seconds(i64::try_from(n).unwrap_or_default()),
                ..post
            })?;
        }
        Ok(())
    });
}

on_each_database! {
    fn lists_are_one_statement_with_an_index_whatever_the_limit(database) {
        let log = StatementLog::default();
        let options = Options { statements: Some(log.clone()), ..database.options() };
        let (store, world) = (database.store_with(options), World::new());
        let campus = Campus::new(store.shared(), &world);
        let school = campus.school("한빛대학교");
        let board = campus.board(school, "자유게시판", BoardFlags::default());
        let reader = campus.member(school, "reader", Role::Student);
        fill(&campus, &reader, school);
        let ctx = campus.next_ctx(&reader);
        let admin = campus.next_ctx(&campus.member(school, "admin1", Role::Admin));
        log.take();

        let filter = PostFilter::default();
        let mut plans = Vec::new();
        for limit in [1, 100] {
            let (ctx, admin, filter) = (ctx.clone(), admin.clone(), filter.clone());
            store
                .read_blocking(move |uow| {
                    list_board_posts(uow, &ctx, board, &filter, newest(limit))?;
                    list_posts(uow, &ctx, &filter, newest(limit))?;
                    list_posts(uow, &admin, &filter, newest(limit))?;
                    list_trash(uow, &ctx, None, newest(limit))?;
                    list_scraps(uow, &ctx, None, None, newest(limit))?;
                    list_hot_posts(uow, &ctx, None, newest(limit))?;
                    list_hot_posts(uow, &ctx, Some(OneOf(vec![board])), newest(limit))?;
                    list_hot_posts(uow, &admin, None, newest(limit))?;
                    list_best_posts(uow, &ctx, None, None, newest(limit))?;
                    list_best_posts(uow, &ctx, Some(OneOf(vec![board])), None, newest(limit))?;
                    list_best_posts(uow, &admin, None, None, newest(limit))?;
                    Ok::<_, madang_domain::posts::ListPostsError>(())
                })
                .unwrap();
            let sent: Vec<_> = log.take().into_iter().flat_map(|unit| unit.statements).collect();
            assert_eq!(sent.len(), 12, "the board, and one for each list: {sent:#?}");
            plans = sent.iter().map(|sql| plan(store.database(), sql)).collect();
        }
        let expected = [
            "",
            "posts_board_feed",
            "posts_school_feed",
            "posts_feed",
            "trash_items_owner_feed",
            "scraps_feed",
            "posts_school_hot",
            "_hot",
            "posts_hot",
            "posts_school_best",
            "_best",
            "posts_best",
        ];
        for (plan, index) in plans.iter().zip(expected) {
            assert!(plan.contains(index), "{index} is not used:\n{plan}");
            assert!(!plan.contains("TEMP B-TREE") && !plan.contains("Sort"), "it sorts:\n{plan}");
        }
    }

    fn a_search_is_answered_by_the_index(database) {
        let log = StatementLog::default();
        let options = Options { statements: Some(log.clone()), ..database.options() };
        let (store, world) = (database.store_with(options), World::new());
        let campus = Campus::new(store.shared(), &world);
        let school = campus.school("한빛대학교");
        let board = campus.board(school, "자유게시판", BoardFlags::default());
        let reader = campus.member(school, "reader", Role::Student);
        fill(&campus, &reader, school);
        let ctx = campus.next_ctx(&reader);
        let admin = campus.next_ctx(&campus.member(school, "admin1", Role::Admin));
        log.take();
        let filter = PostFilter { search: Some(SearchTerms::parse("글 1234", 1).unwrap()), ..PostFilter::default() };
        for limit in [1, 100] {
            let (ctx, admin, filter) = (ctx.clone(), admin.clone(), filter.clone());
            store
                .read_blocking(move |uow| {
                    list_posts(uow, &ctx, &filter, newest(limit))?;
                    list_posts(uow, &admin, &filter, newest(limit))?;
                    list_board_posts(uow, &ctx, board, &filter, newest(limit))?;
                    list_scraps(uow, &ctx, None, filter.search.clone(), newest(limit))?;
                    list_own_posts(uow, &ctx, &filter, newest(limit))?;
                    Ok::<_, madang_domain::posts::ListPostsError>(())
                })
                .unwrap();
            let sent: Vec<_> = log.take().into_iter().flat_map(|unit| unit.statements).collect();
            // Scraps and own posts are few: they are read by their owner. Here all posts are the reader's own, which
            // PostgreSQL knows. There a search that the next posts do not answer asks a second time.
            let expected: &[&str] = match store.database().kind() {
                DatabaseKind::Postgres => {
                    let found = "post_search_grams";
                    let [school, all, board] = ["posts_school_feed", "posts_feed", "posts_board_feed"];
                    &[school, found, all, found, "", board, found, "scraps_feed", ""]
                }
                _ => {
                    let found = "post_grams VIRTUAL TABLE INDEX";
                    &[found, found, "", found, "scraps_feed", "posts_author_feed"]
                }
            };
            assert_eq!(sent.len(), expected.len(), "the board, and each list: {sent:#?}");
            for (sql, index) in sent.iter().zip(expected) {
                let plan = plan(store.database(), sql);
                assert!(plan.contains(index), "{index} is not used:\n{sql}\n{plan}");
                assert!(!plan.lines().any(|line| line.trim() == "SCAN posts"), "it reads every post:\n{plan}");
                assert!(!plan.contains("Seq Scan"), "it reads a whole table:\n{plan}");
            }
        }
        let writer = ctx.clone();
        campus.write(move |uow| (0..3).try_for_each(|_| uow.posts().add(&new_post(&writer, school, board, "글 1234"))));
        log.take();
        store.read_blocking(move |uow| list_board_posts(uow, &ctx, board, &filter, newest(1)).map(drop)).unwrap();
        let sent: Vec<_> = log.take().into_iter().flat_map(|unit| unit.statements).collect();
        assert_eq!(sent.len(), 2, "the board, and its next posts, which fill the page: {sent:#?}");
    }
}
