//! What stands in the moderation log of boards and schools.

use super::Scene;
use diesel::prelude::*;
use diesel::sql_types::Text;
use madang_domain::actor::Role;
use madang_domain::boards::EditBoard;
use madang_domain::schools::{EditSchool, SchoolSettings, create_school, delete_school, edit_school};
use madang_testkit::{DatabaseKind, TestDatabase, on_each_database};

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    act: String,
}

/// The acts in the order in which they were done.
fn acts(database: &TestDatabase) -> Vec<String> {
    let query = diesel::sql_query("SELECT act FROM moderation_log ORDER BY at, id");
    let url = database.url_text();
    let rows: Vec<Row> = match database.kind() {
        #[cfg(feature = "postgres")]
        DatabaseKind::Postgres => query.load(&mut PgConnection::establish(&url).unwrap()).unwrap(),
        _ => {
            let path = url.strip_prefix("sqlite:").unwrap_or(&url);
            query.load(&mut SqliteConnection::establish(path).unwrap()).unwrap()
        }
    };
    rows.into_iter().map(|row| row.act).collect()
}

on_each_database! {
    fn log_1_each_act_of_managers_and_staff_is_logged_with_it(database) {
        let scene = Scene::new(database);
        let own = scene.open("Chess").unwrap();
        assert_eq!(acts(scene.store.database()), [""; 0], "to open a group board is no act of staff");
        let edit = EditBoard { hot_eligible: Some(false), ..EditBoard::default() };
        scene.edit(&scene.moderator, own, edit.clone()).unwrap_err();
        scene.edit(&scene.student, own, edit.clone()).unwrap();
        scene.edit(&scene.student, own, edit).unwrap();
        let staffs = scene.create_any(&scene.moderator, scene.command("Notices")).unwrap();
        scene.create_any(&scene.moderator, scene.command("notices")).unwrap_err();
        scene.delete_any(&scene.moderator, staffs).unwrap();
        scene.delete_any(&scene.moderator, staffs).unwrap_err();
        assert_eq!(acts(scene.store.database()), ["board_edited", "board_created", "board_deleted"]);
    }

    fn log_1_each_act_upon_schools_is_logged_with_it(database) {
        let scene = Scene::new(database);
        let chief = scene.campus().member(scene.school, "chief", Role::Admin);
        let (create, edit, delete) = (scene.ctx(&chief), scene.ctx(&chief), scene.ctx(&chief));
        let named = SchoolSettings::named("Narae");
        let id = scene.store.write_blocking(move |uow| create_school(uow, &create, named.clone())).unwrap();
        let command = EditSchool { is_open: Some(false), ..EditSchool::default() };
        scene.store.write_blocking(move |uow| edit_school(uow, &edit, id, command.clone(), &|_| true)).unwrap();
        scene.store.write_blocking(move |uow| delete_school(uow, &delete, id, &|_| true)).unwrap();
        assert_eq!(acts(scene.store.database()), ["school_created", "school_edited", "school_deleted"]);
    }
}
