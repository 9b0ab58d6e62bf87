//! Mails as files.

use crate::letters::{ID, TOKEN, all, now, verification};
use madang_domain::language::Language;
use madang_domain::outbox::Mail;
use madang_mail::{MailError, Mailer, Sender, Transport};
use std::fs;
use std::path::Path;

fn mailer(directory: &Path, link_base: &str) -> Mailer {
    let from = Sender::parse("Madang <no-reply@madang.test>").unwrap();
    Mailer::new(from, link_base, Transport::Directory(directory.to_owned()))
}

async fn sent(mail: &Mail) -> String {
    let home = tempfile::tempdir().unwrap();
    mailer(home.path(), "http://localhost:8080/docs#").send(ID, mail, now()).await.unwrap();
    fs::read_to_string(home.path().join(format!("{ID}.eml"))).unwrap()
}

#[tokio::test]
async fn acc_6_the_link_ends_in_the_secret_and_the_mail_names_the_account() {
    let mail = sent(&verification("haneul@hanbit.test", "haneul", Language::English)).await;
    let link = format!("http://localhost:8080/docs#/verify-email?token={TOKEN}");
    assert!(mail.lines().any(|line| line == link), "{mail}");
    for part in [
        "To: haneul@hanbit.test",
        "as haneul and gave",
        "within 15 minutes",
        "If it was not you",
        "text/html",
    ] {
        assert!(mail.contains(part), "{part}: {mail}");
    }
    assert!(mail.contains(&format!("<a href=\"{link}\">")), "{mail}");
}

#[tokio::test]
async fn korean_readers_get_korean() {
    let mail = sent(&verification("haneul@hanbit.test", "haneul", Language::Korean)).await;
    assert!(
        mail.contains("haneul 님") && mail.contains("15분 안에") && mail.contains("<html lang=\"ko\">"),
        "{mail}"
    );
}

#[tokio::test]
async fn every_letter_has_its_words_in_both_languages() {
    for letter in all() {
        for language in Language::ALL {
            let has_link = letter.link().is_some();
            let mail = Mail { to: "haneul@hanbit.test".to_owned(), language, letter: letter.clone() };
            let text = sent(&mail).await;
            assert!(text.contains("haneul"), "{text}");
            assert_eq!(text.contains("token="), has_link, "acc_4: {text}");
        }
    }
}

#[tokio::test]
async fn markup_in_a_name_stays_text() {
    let mail = sent(&verification("haneul@hanbit.test", "<b>&", Language::English)).await;
    assert!(mail.contains("&lt;b&gt;&amp;") && !mail.contains("<p>Hello <b>"), "{mail}");
}

#[tokio::test]
async fn a_repeat_replaces_its_file_and_leaves_nothing_half_written() {
    let home = tempfile::tempdir().unwrap();
    let (directory, mail) =
        (home.path().join("mail"), verification("a@hanbit.test", "haneul", Language::English));
    let mailer = mailer(&directory, "https://madang.test/#/");
    mailer.send(ID, &mail, now()).await.unwrap();
    mailer.send(ID, &mail, now()).await.unwrap();
    let files: Vec<_> = fs::read_dir(&directory).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(files, [format!("{ID}.eml").as_str()]);
    let text = fs::read_to_string(directory.join(format!("{ID}.eml"))).unwrap();
    assert!(text.contains("https://madang.test/#/verify-email?token="), "{text}");
}

#[tokio::test]
async fn a_malformed_address_is_not_tried_again() {
    let home = tempfile::tempdir().unwrap();
    for to in ["nobody", "a@b\r\nBcc: c@hanbit.test", ""] {
        let error = mailer(home.path(), "x").send(ID, &verification(to, "a", Language::English), now()).await;
        let error = error.unwrap_err();
        assert!(matches!(error, MailError::Address) && !error.is_worth_retrying(), "{to:?}: {error}");
    }
}
