//! What the doctor finds in a damaged database, and mends.

use crate::media::{photo, try_upload};
use crate::on_both;
use madang_harness::person::PASSWORD;
use madang_harness::{Client, Config, Kind, Process};
use madang_testkit::{TestDatabase, look};
use serde_json::{Value, json};
use std::fs::{self, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;
use tempfile::TempDir;

/// A server of its own process with an admin, so that the doctor may come.
struct Site {
    process: Process,
    kind: Kind,
    url: String,
    token: String,
    folder: TempDir,
    _database: Option<TestDatabase>,
}

impl Site {
    fn start(kind: Kind) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = (kind == Kind::Postgres).then(|| TestDatabase::postgres().unwrap());
        let mut config = Config::default().with("data_dir", "./data");
        let mut url = format!("sqlite:{}", folder.path().join("data/madang.sqlite3").display());
        if let Some(database) = &database {
            url = database.url_text();
            config = config.with("database.url", url.clone());
        }
        let program = Path::new(env!("CARGO_BIN_EXE_madang-under-test"));
        let process = Process::start(program, folder.path(), &config).unwrap();
        let create = [
            "admin",
            "create",
            "--username",
            "chief",
            "--email",
            "chief@a.ac.test",
            "--nickname",
            "chief",
            "--school",
            "School A",
            "--password-stdin",
        ];
        process.run(&create, PASSWORD).unwrap();
        let login = json!({ "username": "chief", "password": PASSWORD });
        let token = process.client().post("/auth/login", login).expect(200).string("/access_token");
        Self { process, kind, url, token, folder, _database: database }
    }

    /// The admin, wherever the server listens by now.
    fn chief(&self) -> Client {
        self.process.client().with_token(&self.token)
    }

    /// What the doctor prints when there is nothing to find.
    #[track_caller]
    fn well(&self) -> String {
        self.process.run(&["doctor"], "").unwrap()
    }

    /// What the doctor prints and says of findings.
    #[track_caller]
    fn ill(&self) -> String {
        self.process.run(&["doctor"], "").unwrap_err().to_string()
    }

    /// What the doctor prints when it mends, which on SQLite it does in the place of the server.
    #[track_caller]
    fn mend(&mut self) -> String {
        if self.kind == Kind::Sqlite {
            self.process.kill().unwrap();
        }
        let mended = self.process.run(&["doctor", "--repair"], "").unwrap();
        if self.kind == Kind::Sqlite {
            self.process.start_again().unwrap();
        }
        mended
    }
}

/// The titles of the posts about the library that a search finds, sorted.
fn found(client: &Client) -> Vec<String> {
    // Two syllables of its first word.
    let answer = client.get("/posts?search=%EB%8F%84%EC%84%9C").expect(200).at("/results");
    let title = |post: &Value| post["title"].as_str().unwrap().to_owned();
    let mut titles: Vec<_> = answer.as_array().unwrap().iter().map(title).collect();
    titles.sort_unstable();
    titles
}

on_both! {
    fn the_doctor_finds_a_damaged_search_index_and_makes_it_anew(kind) {
        let mut site = Site::start(kind);
        let chief = site.chief();
        let school = chief.get("/me").expect(200).string("/school/id");
        let board = json!({ "school_id": school, "name": "Free", "category": "basic" });
        let board = chief.post("/admin/boards", board).expect(201).string("/id");
        for n in 1..=3 {
            let body = json!({ "title": format!("Post {n}"), "contents": format!("도서관 자리 {n}") });
            chief.post(&format!("/boards/{board}/posts"), body).expect(201);
        }
        let all = ["Post 1", "Post 2", "Post 3"];
        assert!(site.well().contains("ok    search"));

        let newest = "(SELECT max(search_id) FROM post_search)";
        let mut damages = vec![format!("DELETE FROM post_search WHERE search_id = {newest}")];
        // The row of another post, one that has no words, and one with the wrong words.
        match kind {
            Kind::Sqlite => damages.extend([
                format!("DELETE FROM post_grams WHERE rowid = {newest}"),
                "INSERT INTO post_grams (post_grams) VALUES ('delete-all')".to_owned(),
                format!("UPDATE post_grams SET grams = 'nonsense' WHERE rowid = {newest}"),
                "INSERT INTO post_grams (rowid, grams) VALUES (1, 'nonsense')".to_owned(),
            ]),
            Kind::Postgres => damages.extend([
                format!("UPDATE post_search SET grams = '' WHERE search_id = {newest}"),
                format!("UPDATE post_search SET grams = 'nonsense' WHERE search_id = {newest}"),
            ]),
        }
        for damage in &damages {
            look::change(&site.url, damage);
            let said = site.ill();
            assert!(said.contains("wrong search") && said.contains("--repair"), "{damage}: {said}");
            // An index that is made anew is no reason to bring the database back.
            assert!(said.contains("ok    integrity"), "{damage}: {said}");
            let mended = site.mend();
            assert!(mended.contains("the search index of 3 posts anew"), "{damage}: {mended}");
            assert!(site.well().contains("ok    search"), "{damage}");
            assert_eq!(found(&site.chief()), all, "{damage}");
        }
        // A post that was deleted past every rule is found no more, and its board counts one less.
        let now = if kind == Kind::Sqlite { "1" } else { "now()" };
        look::change(&site.url, &format!("UPDATE posts SET deleted_at = {now} WHERE title = 'Post 2'"));
        let said = site.ill();
        assert!(said.contains("has 1 too many") && said.contains("wrong counters"), "{said}");
        site.mend();
        assert!(site.well().contains("ok    search"));
        assert_eq!(found(&site.chief()), ["Post 1", "Post 3"]);
    }
}

on_both! {
    fn the_doctor_looks_beneath_the_rules(kind) {
        let site = Site::start(kind);
        assert!(site.well().contains("ok    integrity"));
        look::change(&site.url, match kind {
            Kind::Sqlite => "PRAGMA foreign_keys = OFF; DELETE FROM schools",
            Kind::Postgres => "ALTER TABLE posts ADD CONSTRAINT impossible CHECK (title <> 'x') NOT VALID",
        });
        let said = site.ill();
        let finding = match kind {
            Kind::Sqlite => "1 rows of users refer to rows of schools that are not there",
            Kind::Postgres => "the constraint impossible of posts is not valid",
        };
        assert!(said.contains("wrong integrity") && said.contains(finding) && said.contains("backup"), "{said}");
    }
}

on_both! {
    fn the_doctor_refuses_a_database_that_is_not_in_utf_8(kind) {
        let site = Site::start(kind);
        assert!(site.well().contains("ok    locale"));
        // SQLite keeps any text.
        if kind == Kind::Sqlite { return }
        let begin = site.url.find("madang_test_").unwrap();
        let name = site.url[begin..].split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap();
        let ascii = format!("{name}_ascii");
        look::change(&site.url, &format!("CREATE DATABASE {ascii} ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"));
        let settings = site.folder.path().join("madang.toml");
        let text = fs::read_to_string(&settings).unwrap();
        fs::write(&settings, text.replace(name, &ascii)).unwrap();
        let said = site.ill();
        look::change(&site.url, &format!("DROP DATABASE {ascii}"));
        assert!(said.contains("wrong locale: text is kept in SQL_ASCII; move into a database in UTF8"), "{said}");
    }
}

#[test]
fn the_doctor_finds_damaged_pages_and_mends_nothing_in_them() {
    const PAGE: u64 = 4096;
    let mut site = Site::start(Kind::Sqlite);
    // A counter that is wrong, as something to mend.
    look::change(&site.url, "UPDATE schools SET member_count = member_count + 1");
    site.process.kill().unwrap();
    let path = site.folder.path().join("data/madang.sqlite3");
    // Whoever closes it last leaves everything in the file.
    look::change(&site.url, "PRAGMA wal_checkpoint(TRUNCATE)");
    let mut file = OpenOptions::new().write(true).open(&path).unwrap();
    let pages = file.metadata().unwrap().len() / PAGE;
    file.seek(SeekFrom::Start((pages - 8) * PAGE)).unwrap();
    file.write_all(&[0xff; 4 * PAGE as usize]).unwrap();
    drop(file);
    let said = site.ill();
    assert!(
        said.contains("wrong integrity") && said.contains("bring the database back from a backup"),
        "{said}"
    );
    let before = fs::read(&path).unwrap();
    let said = site.process.run(&["doctor", "--repair"], "").unwrap_err().to_string();
    assert!(said.contains("wrong integrity") && said.contains("wrong counters"), "{said}");
    assert!(fs::read(&path).unwrap() == before, "nothing is written into a damaged file");
}

#[test]
fn the_doctor_misses_a_picture_that_has_lost_one_of_its_files() {
    let site = Site::start(Kind::Sqlite);
    for seed in 1..=2 {
        try_upload(&site.chief(), "post", &photo(seed)).expect(201);
    }
    assert!(site.well().contains("ok    pictures"));
    let mut files = Vec::new();
    for folder in fs::read_dir(site.folder.path().join("data/media")).unwrap() {
        files.extend(fs::read_dir(folder.unwrap().path()).unwrap().map(|file| file.unwrap().path()));
    }
    assert_eq!(files.len(), 4);
    let full = files.iter().find(|file| file.extension().is_some_and(|variant| variant == "full")).unwrap();
    let aside = site.folder.path().join("aside");
    fs::rename(full, &aside).unwrap();
    let said = site.ill();
    assert!(said.contains("wrong pictures: 0 pictures have files without a row, 1 a row without"), "{said}");
    fs::rename(&aside, full).unwrap();
    assert!(site.well().contains("ok    pictures"));
}
