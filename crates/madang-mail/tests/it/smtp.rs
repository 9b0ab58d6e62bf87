//! Mails to a mail server: a tiny one, which keeps what it is told.

use crate::letters::{ID, now, verification};
use madang_domain::language::Language;
use madang_mail::{MailError, Mailer, Sender, SmtpUrl, Transport};
use std::net::SocketAddr;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// Serves one connection, answering `rcpt` to the recipient; ends with all that the client said.
async fn server(rcpt: &'static str) -> (SocketAddr, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let said = tokio::spawn(async move { talk(listener.accept().await.unwrap().0, rcpt).await });
    (address, said)
}

async fn talk(stream: TcpStream, rcpt: &str) -> String {
    let mut stream = BufReader::new(stream);
    let (mut said, mut in_data) = (String::new(), false);
    stream.write_all(b"220 tiny.test\r\n").await.unwrap();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.unwrap_or(0) == 0 {
            return said;
        }
        said.push_str(&line);
        let answer = match line.trim_end() {
            "." if in_data => {
                stream.write_all(b"250 kept\r\n").await.unwrap();
                return said;
            }
            _ if in_data => continue,
            "DATA" => {
                in_data = true;
                "354 go on"
            }
            line if line.starts_with("EHLO") => "250 tiny.test",
            line if line.starts_with("RCPT") => rcpt,
            _ => "250 fine",
        };
        stream.write_all(format!("{answer}\r\n").as_bytes()).await.unwrap();
    }
}

fn mailer(address: SocketAddr) -> Mailer {
    let url = SmtpUrl::parse(&format!("smtp://{address}")).unwrap();
    let from = Sender::parse("Madang <no-reply@madang.test>").unwrap();
    Mailer::new(from, "https://madang.test/#", Transport::smtp(&url).unwrap())
}

#[tokio::test]
async fn a_mail_server_is_given_the_whole_mail() {
    let (address, said) = server("250 fine").await;
    let mail = verification("haneul@hanbit.test", "haneul", Language::Korean);
    mailer(address).send(ID, &mail, now()).await.unwrap();
    let said = said.await.unwrap();
    for part in [
        "MAIL FROM:<no-reply@madang.test>",
        "RCPT TO:<haneul@hanbit.test>",
        "Auto-Submitted: auto-generated",
        &format!("Message-ID: <{ID}@madang.test>"),
        "multipart/alternative",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(said.is_ascii(), "a server that offers no 8BITMIME gets none: {said}");
}

#[tokio::test]
async fn a_refusal_tells_its_status_and_no_address() {
    let (address, _said) = server("550 <haneul@hanbit.test> unknown").await;
    let mail = verification("haneul@hanbit.test", "haneul", Language::Korean);
    let error = mailer(address).send(ID, &mail, now()).await.unwrap_err();
    assert!(matches!(error, MailError::Refused(550)), "{error}");
    assert!(error.is_worth_retrying() && !error.to_string().contains("hanbit"));
}

#[tokio::test]
async fn a_server_that_is_down_is_tried_again() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let mail = verification("haneul@hanbit.test", "haneul", Language::Korean);
    let error = mailer(address).send(ID, &mail, now()).await.unwrap_err();
    assert!(matches!(error, MailError::Unreachable) && error.is_worth_retrying(), "{error}");
}
