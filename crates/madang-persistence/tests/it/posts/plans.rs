//! Each list is one statement that an index answers.

use super::newest;
use diesel::prelude::*;
use diesel::sql_types::Text;
use madang_domain::actor::Role;
use madang_domain::posts::{PostFilter, list_board_posts, list_posts};
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
fn plan(database: &TestDatabase, sql: &str) -> String {
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
        "SET enable_seqscan = off; SET enable_sort = off; SET plan_cache_mode = force_generic_plan; PREPARE listed AS {sql}"
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

on_each_database! {
    fn lists_are_one_statement_with_an_index_whatever_the_limit(database) {
        let log = StatementLog::default();
        let options = Options { statements: Some(log.clone()), ..database.options() };
        let (store, world) = (database.store_with(options), World::new());
        let campus = Campus::new(store.shared(), &world);
        let school = campus.school("한빛대학교");
        let board = campus.board(school, "자유게시판", Default::default());
        let ctx = campus.next_ctx(&campus.member(school, "reader", Role::Student));
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
                    Ok::<_, madang_domain::posts::ListPostsError>(())
                })
                .unwrap();
            let sent: Vec<_> = log.take().into_iter().flat_map(|unit| unit.statements).collect();
            assert_eq!(sent.len(), 5, "the board, its posts, all posts twice, the trash: {sent:#?}");
            plans = sent.iter().map(|sql| plan(store.database(), sql)).collect();
        }
        let expected = ["", "posts_board_feed", "posts_school_feed", "posts_feed", "trash_items_owner_feed"];
        for (plan, index) in plans.iter().zip(expected) {
            assert!(plan.contains(index), "{index} is not used:\n{plan}");
            assert!(!plan.contains("TEMP B-TREE") && !plan.contains("Sort"), "it sorts:\n{plan}");
        }
    }
}
