//! From a letter to a message.

use crate::mailer::MailError;
use crate::sender::Sender;
use crate::texts::{Arguments, text};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use lettre::Message;
use lettre::message::header::{ContentTransferEncoding, ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Body, Mailbox, MultiPart, SinglePart};
use madang_domain::ctx::Timestamp;
use madang_domain::ids::OutboxId;
use madang_domain::outbox::{Letter, LinkSecret, Mail};
use std::error::Error;

/// A mail in words, before it is put into a message.
pub(crate) struct Words {
    pub(crate) subject: String,
    pub(crate) plain: String,
    pub(crate) html: String,
}

/// Words `mail` as seen at `now`, its link under `link_base`.
pub(crate) fn words(mail: &Mail, link_base: &str, now: Timestamp) -> Result<Words, MailError> {
    let key = mail.letter.kind().replace('_', "-");
    let link = mail.letter.link();
    // Rounded up: a reader who is told one minute has at least a little of it.
    let minutes = link.map_or(0, |(_, end)| ((end - now).num_seconds().max(0) + 59) / 60);
    let arguments = Arguments::new(mail.letter.username(), minutes);
    let say = |key: &str| text(mail.language, key, &arguments).ok_or(MailError::Unwritten);

    let subject = say(&format!("{key}-subject"))?;
    let (greeting, body, closing) = (say("greeting")?, say(&format!("{key}-body"))?, say("closing")?);
    let paragraphs: Vec<&str> = body.split("\n\n").collect();
    let mut plain = vec![greeting.clone()];
    let mut html = vec![paragraph(&greeting)];
    plain.extend(paragraphs.iter().map(|&part| part.to_owned()));
    html.extend(paragraphs.iter().map(|part| paragraph(part)));
    if let Some((secret, _)) = link {
        let (action, limit) = (say(&format!("{key}-action"))?, say("link-limit")?);
        let url = url(&mail.letter, link_base, secret);
        plain.push(format!("{action}:\n{url}"));
        plain.push(limit.clone());
        html.push(format!("<p><a href=\"{}\">{}</a></p>", escape(&url), escape(&action)));
        html.push(paragraph(&limit));
    }
    plain.push(closing.clone());
    html.push(paragraph(&closing));
    let html = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<meta charset=\"utf-8\">\n<title>{}</title>\n<body>\n{}\n</body>\n</html>\n",
        mail.language.tag(),
        escape(&subject),
        html.join("\n"),
    );
    Ok(Words { subject, plain: plain.join("\n\n") + "\n", html })
}

/// Puts `words` into a message. `readable` leaves the text as it is, for files that people search; a mail server is given
/// whatever encoding passes everywhere.
pub(crate) fn message(
    id: OutboxId,
    mail: &Mail,
    words: Words,
    from: &Sender,
    now: Timestamp,
    readable: bool,
) -> Result<Message, MailError> {
    let to: Mailbox = Mailbox::new(None, mail.to.parse().map_err(|_| MailError::Address)?);
    let body = |text: String| match readable {
        // Its lines are longer than a mail server likes, but short enough for every mail reader.
        true => Body::dangerous_pre_encoded(
            text.replace('\n', "\r\n").into_bytes(),
            ContentTransferEncoding::EightBit,
        ),
        false => Body::new(text),
    };
    let plain = SinglePart::builder().header(ContentType::TEXT_PLAIN).body(body(words.plain));
    let html = SinglePart::builder().header(ContentType::TEXT_HTML).body(body(words.html));
    Message::builder()
        .from(from.0.clone())
        .to(to)
        .subject(words.subject)
        .date(now.into())
        .message_id(Some(format!("<{id}@{}>", from.0.email.domain())))
        .header(AutoSubmitted)
        .multipart(MultiPart::alternative().singlepart(plain).singlepart(html))
        .map_err(|_| MailError::Unwritten)
}

/// The page that opens a link; it ends in the secret, so that a client may cut it off at `token=`.
fn url(letter: &Letter, base: &str, secret: &LinkSecret) -> String {
    let page = match letter {
        Letter::ResetPassword { .. } => "reset-password",
        _ => "verify-email",
    };
    format!("{}/{page}?token={}", base.trim_end_matches('/'), URL_SAFE_NO_PAD.encode(secret.0))
}

fn paragraph(text: &str) -> String {
    format!("<p>{}</p>", escape(text).replace('\n', "<br>\n"))
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// Tells vacation responders not to answer (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}
