//! Mails by a real mail server, which wants TLS and a login, is out of order, or is not trusted.

use crate::program::{Place, Server};
use madang_testkit::python;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/smtp_server.py");

struct MailServer {
    child: Child,
    folder: TempDir,
    port: String,
}

impl MailServer {
    fn start(mode: &str) -> Option<Self> {
        let python = python("aiosmtpd, trustme")?;
        let folder = tempfile::tempdir().unwrap();
        let mut child = Command::new(python)
            .args([SCRIPT, mode])
            .current_dir(folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert!(!line.is_empty(), "the mail server did not start");
        Some(Self { child, folder, port: line.trim().to_owned() })
    }

    fn authority(&self) -> PathBuf {
        self.folder.path().join("authority.pem")
    }

    /// The first mail, once it is there.
    fn mail(&self, patience: Duration) -> Option<String> {
        let begun = Instant::now();
        while begun.elapsed() < patience {
            if let Ok(mail) = std::fs::read_to_string(self.folder.path().join("1.eml")) {
                return Some(mail);
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        None
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The settings of a server that sends by `url`.
fn settings<'a>(url: &'a str, authority: Option<&'a str>) -> Vec<(&'a str, &'a str)> {
    let mut settings = vec![
        ("MADANG_MODE", "test"),
        ("MADANG_AUTH__BCRYPT_COST", "4"),
        ("MADANG_JOBS__INTERVAL_SECONDS", "0.2"),
        ("MADANG_MAIL__TRANSPORT", "smtp"),
        ("MADANG_MAIL__SMTP_URL", url),
    ];
    settings.extend(authority.map(|file| ("MADANG_MAIL__SMTP_CA_FILE", file)));
    settings
}

fn sign_up(server: &Server) {
    let (status, schools) = server.get("/api/v1/schools");
    assert_eq!(status, 200, "{schools}");
    let schools: serde_json::Value = serde_json::from_str(&schools).unwrap();
    let list = schools["results"].as_array().unwrap();
    let school = list.iter().find(|school| school["name"] == "한빛대학교").unwrap()["id"].as_str().unwrap();
    let body = serde_json::json!({
        "school_id": school, "username": "saebom", "password": "a-quiet-yard-at-noon", "email": "saebom@hanbit.test",
        "nickname": "새봄", "admission_year": 2026,
    });
    let (status, answer) = server.ask("POST /api/v1/auth/sign-up", &body.to_string());
    assert_eq!(status, 201, "{answer}");
}

fn place(settings: &[(&str, &str)]) -> Place {
    let place = Place::new();
    place.run_with(settings, &["seed", "--demo", "--scale", "0.1"]).ended(0);
    place
}

#[test]
fn a_mail_goes_by_starttls_after_a_login() {
    let Some(mail_server) = MailServer::start("starttls") else { return };
    let url = format!("smtp://haneul:sesame@localhost:{}", mail_server.port);
    let authority = mail_server.authority();
    let settings = settings(&url, authority.to_str());
    let place = place(&settings);
    let server = place.serve(&settings);
    sign_up(&server);
    let mail = mail_server.mail(Duration::from_secs(20)).unwrap();
    for part in ["X-Rcpt: saebom@hanbit.test", "X-Tls: True", "multipart/alternative", "text/html"] {
        assert!(mail.contains(part), "{part}: {mail}");
    }
}

#[test]
fn a_mail_goes_by_tls_from_the_start() {
    let Some(mail_server) = MailServer::start("smtps") else { return };
    let url = format!("smtps://localhost:{}", mail_server.port);
    let authority = mail_server.authority();
    let settings = settings(&url, authority.to_str());
    let place = place(&settings);
    let server = place.serve(&settings);
    sign_up(&server);
    let mail = mail_server.mail(Duration::from_secs(20)).unwrap();
    assert!(mail.contains("X-Tls: True"), "{mail}");
}

#[test]
fn a_mail_that_is_put_off_comes_after_a_pause() {
    let Some(mail_server) = MailServer::start("deferring") else { return };
    let url = format!("smtp://127.0.0.1:{}", mail_server.port);
    let settings = settings(&url, None);
    let place = place(&settings);
    let server = place.serve(&settings);
    sign_up(&server);
    assert!(mail_server.mail(Duration::from_secs(4)).is_none(), "the first pause is five seconds");
    let mail = mail_server.mail(Duration::from_secs(30)).unwrap();
    assert!(mail.contains("X-Rcpt: saebom@hanbit.test"), "{mail}");
}

#[test]
fn a_server_that_is_not_trusted_gets_no_mail_and_the_doctor_tells() {
    let Some(mail_server) = MailServer::start("smtps") else { return };
    let url = format!("smtps://localhost:{}", mail_server.port);
    let mut settings = settings(&url, None);
    // The link would end before the first pause does, so that the mail is given up at once.
    settings.push(("MADANG_AUTH__VERIFY_LINK_MINUTES", "0.05"));
    let place = place(&settings);
    let server = place.serve(&settings);
    sign_up(&server);
    assert!(mail_server.mail(Duration::from_secs(3)).is_none());
    settings.push(("MADANG_HTTP__BIND", &server.addr));
    let found = place.run_with(&settings, &["doctor"]).ended(1);
    let wanted =
        ["wrong mail: one mail was given up", "verify_email", "could not be reached", "mail.smtp_url"];
    for part in wanted {
        assert!(found.contains(part), "{part}: {found}");
    }
    assert!(!found.contains("saebom"), "{found}");
}

#[test]
fn a_certificate_that_is_none_stops_the_start() {
    let place = Place::new();
    let file = place.write("authority.pem", "nothing");
    let settings = settings("smtp://localhost", file.to_str());
    place.run_with(&settings, &["config", "check"]).refused(2, &["mail.smtp_ca_file", "PEM"]);
}
