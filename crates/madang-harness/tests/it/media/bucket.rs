//! Pictures in a bucket of a real S3 server, and what becomes of them when it is gone.

use super::{photo, post_with, try_upload, upload};
use madang_harness::person::PASSWORD;
use madang_harness::{Client, Config, Person, Process};
use madang_testkit::{look, python};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};
use tempfile::TempDir;

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/media/s3_server.py");

/// The S3 server, with one bucket.
struct S3 {
    child: Child,
    acts: ChildStdin,
    answers: BufReader<ChildStdout>,
    endpoint: String,
}

impl S3 {
    fn start() -> Option<Self> {
        let python = python("boto3, moto.server")?;
        let mut child = Command::new(python)
            .arg(SCRIPT)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let acts = child.stdin.take().unwrap();
        let mut answers = BufReader::new(child.stdout.take().unwrap());
        let mut port = String::new();
        answers.read_line(&mut port).unwrap();
        assert!(!port.is_empty(), "the S3 server did not start");
        let endpoint = format!("http://127.0.0.1:{}", port.trim());
        let mut s3 = Self { child, acts, answers, endpoint };
        s3.act("make pictures");
        Some(s3)
    }

    fn act(&mut self, act: &str) -> Value {
        writeln!(self.acts, "{act}").unwrap();
        let mut answer = String::new();
        self.answers.read_line(&mut answer).unwrap();
        serde_json::from_str(&answer).unwrap_or_else(|error| panic!("{act}: {error} in {answer:?}"))
    }

    /// The files of the bucket.
    fn files(&mut self) -> Vec<String> {
        serde_json::from_value(self.act("list pictures")).unwrap()
    }

    #[track_caller]
    fn wait_for_files(&mut self, count: usize) {
        let begun = Instant::now();
        while self.files().len() != count {
            assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", self.files());
            sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for S3 {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A server whose pictures are in the bucket, with an admin and a board.
struct Site {
    s3: S3,
    process: Process,
    folder: TempDir,
    admin: Person,
    board: String,
}

impl Site {
    fn start() -> Option<Self> {
        let s3 = S3::start()?;
        let folder = tempfile::tempdir().unwrap();
        let config = Config::default()
            .with("data_dir", "./data")
            .with("jobs.interval_seconds", 0.1)
            .with("media.store", "s3://pictures/of/campus/");
        let environment = [
            ("AWS_ENDPOINT_URL", s3.endpoint.as_str()),
            ("AWS_ALLOW_HTTP", "true"),
            ("AWS_REGION", "us-east-1"),
            ("AWS_ACCESS_KEY_ID", "madang"),
            ("AWS_SECRET_ACCESS_KEY", "madang-secret"),
        ];
        let program = Path::new(env!("CARGO_BIN_EXE_madang-under-test"));
        let process = Process::start_within(program, folder.path(), &config, &environment).unwrap();
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
        let admin = log_in(&process.client());
        let school = admin.client.get("/me").expect(200).string("/school/id");
        let board = json!({ "school_id": school, "name": "Free", "category": "basic" });
        let board = admin.client.post("/admin/boards", board).expect(201).string("/id");
        Some(Self { s3, process, folder, admin, board })
    }

    fn url(&self) -> String {
        format!("sqlite:{}", self.folder.path().join("data/madang.sqlite3").display())
    }

    /// How many pictures the database knows, those that wait to be erased included.
    fn rows(&self) -> usize {
        let cells = look::dump(&self.url());
        cells
            .iter()
            .filter(|cell| (cell.table.as_str(), cell.column.as_str()) == ("media", "blob_id"))
            .count()
    }

    /// What the doctor prints and says.
    fn doctor(&self) -> String {
        match self.process.run(&["doctor"], "") {
            Ok(printed) => printed,
            Err(said) => said.to_string(),
        }
    }
}

fn log_in(client: &Client) -> Person {
    let login = json!({ "username": "chief", "password": PASSWORD });
    let answer = client.post("/auth/login", login).expect(200);
    Person {
        client: client.with_token(answer.string("/access_token")),
        id: answer.string("/user/id"),
        username: "chief".to_owned(),
        email: "chief@a.ac.test".to_owned(),
    }
}

#[test]
fn med_3_pictures_live_in_a_bucket_from_upload_to_purge() {
    let Some(mut site) = Site::start() else { return };
    let chief = &site.admin.client;
    let made = try_upload(chief, "post", &photo(1)).expect(201);
    let files = site.s3.files();
    assert_eq!(files.len(), 2);
    assert!(files.iter().all(|file| file.starts_with("of/campus/")), "{files:?}");
    assert!(!files.iter().any(|file| file.contains(&made.string("/id").replace('-', ""))), "{files:?}");
    for variant in ["full", "thumb"] {
        let shown = chief.get(&format!("/media/{}/{variant}", made.string("/id"))).expect(200);
        let sides = image::load_from_memory(&shown.body).unwrap();
        assert_eq!((sides.width(), sides.height()), (64, 48), "{variant}");
    }
    site.process.client().get(&made.string("/thumb_url")).expect(200);

    let kept = upload(&site.admin, 2);
    post_with(&site.admin, &site.board, "Kept", &[&kept]);
    assert_eq!(site.s3.files().len(), 4);
    chief.delete(&format!("/uploads/{}", made.string("/id"))).expect(204);
    chief.get(&format!("/media/{}/full", made.string("/id"))).refused(404, "not_found");
    site.s3.wait_for_files(2);
    chief.get(&format!("/media/{kept}/full")).expect(200);
    let found = site.doctor();
    assert!(found.contains("ok    pictures"), "{found}");
}

#[test]
fn a_bucket_that_cannot_be_reached_is_a_503_and_loses_nothing() {
    let Some(mut site) = Site::start() else { return };
    let chief = &site.admin.client;
    let (kept, deleted) = (upload(&site.admin, 1), upload(&site.admin, 2));
    site.s3.act("stop");
    let begun = Instant::now();
    let refused = chief.get(&format!("/media/{kept}/full")).refused(503, "service_unavailable");
    assert!(refused.header("retry-after").is_some());
    try_upload(chief, "post", &photo(3)).refused(503, "service_unavailable");
    assert!(begun.elapsed() < Duration::from_secs(40), "{:?}", begun.elapsed());
    assert!(!refused.text().contains("127.0.0.1"), "{}", refused.text());
    // What needs no file goes on.
    chief.get("/posts").expect(200);
    post_with(&site.admin, &site.board, "Kept", &[&kept]);
    chief.delete(&format!("/uploads/{deleted}")).expect(204);
    let found = site.doctor();
    for part in ["wrong pictures: media.store", "cannot be reached", "AWS_"] {
        assert!(found.contains(part), "{part}: {found}");
    }
    assert!(!found.contains("madang-secret"), "{found}");
    sleep(Duration::from_millis(500));
    assert_eq!(site.rows(), 2, "what is not erased is not forgotten");

    site.s3.act("start");
    chief.get(&format!("/media/{kept}/full")).expect(200);
    site.s3.wait_for_files(2);
    upload(&site.admin, 4);
}

#[test]
fn a_bucket_that_is_gone_is_a_fault_and_no_lack_of_pictures() {
    let Some(mut site) = Site::start() else { return };
    let chief = &site.admin.client;
    let (kept, deleted) = (upload(&site.admin, 1), upload(&site.admin, 2));
    site.s3.act("drop pictures");
    chief.get(&format!("/media/{kept}/full")).refused(503, "service_unavailable");
    try_upload(chief, "post", &photo(3)).refused(503, "service_unavailable");
    chief.delete(&format!("/uploads/{deleted}")).expect(204);
    sleep(Duration::from_millis(500));
    assert_eq!(site.rows(), 2, "nothing counts as erased where nothing can be");
    let found = site.doctor();
    assert!(found.contains("wrong pictures: media.store"), "{found}");

    site.s3.act("make pictures");
    chief.get(&format!("/media/{kept}/full")).refused(404, "not_found");
    let found = site.doctor();
    assert!(found.contains("a row without files"), "{found}");
    upload(&site.admin, 4);
}
