//! Each migration runs up, down and up again.

use madang_persistence::migrate::MigrateError;
use madang_testkit::TestDatabase;

fn goes_up_down_and_up(database: &TestDatabase) -> Result<(), MigrateError> {
    let mut migrator = database.migrator();
    let all: Vec<String> = migrator.status()?.into_iter().map(|migration| migration.name).collect();
    assert_eq!(migrator.pending()?, all);
    for name in &all {
        assert!(migrator.pending()?.contains(name));
    }
    assert_eq!(migrator.run()?, all);
    assert!(migrator.pending()?.is_empty());
    for _ in &all {
        migrator.revert(1)?;
        migrator.run()?;
    }
    let reverted = migrator.revert(all.len())?;
    assert_eq!(reverted.len(), all.len());
    assert_eq!(migrator.pending()?, all);
    assert!(migrator.revert(1)?.is_empty());
    assert_eq!(migrator.run()?, all);
    Ok(())
}

#[test]
fn migrations_go_up_down_and_up_on_sqlite() {
    goes_up_down_and_up(&TestDatabase::empty_sqlite_file()).unwrap();
}

#[cfg(feature = "postgres")]
#[test]
fn migrations_go_up_down_and_up_on_postgres() {
    if let Some(database) = TestDatabase::empty_postgres() {
        goes_up_down_and_up(&database).unwrap();
    }
}

/// Two servers that start at once must not both migrate.
#[cfg(feature = "postgres")]
#[test]
fn one_process_migrates_at_a_time() {
    let Some(database) = TestDatabase::empty_postgres() else { return };
    let done: usize = std::thread::scope(|scope| {
        let run = || scope.spawn(|| database.migrator().run().unwrap().len());
        let runs = [run(), run(), run()];
        runs.into_iter().map(|run| run.join().unwrap()).sum()
    });
    assert_eq!(done, database.migrator().status().unwrap().len());
}

#[test]
fn both_databases_have_the_same_migrations() {
    let names = |folder: &str| -> Vec<String> {
        let path = format!("{}/../../migrations/{folder}", env!("CARGO_MANIFEST_DIR"));
        let entries =
            std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = entries.collect();
        names.sort();
        names
    };
    assert_eq!(names("sqlite"), names("postgres"));
}
