//! Reads the mails that a server has written as files.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long a mail may be under way: the outbox is woken at once, so this only covers a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long the absence of a mail is watched.
const QUIET: Duration = Duration::from_millis(700);

/// The mail directory of a server.
#[derive(Clone, Debug)]
pub struct Mailbox {
    directory: PathBuf,
}

/// One mail.
#[derive(Clone, Debug)]
pub struct Mail {
    /// The address that it is for, without a name.
    pub to: String,
    /// The subject, decoded.
    pub subject: String,
    /// All text parts, decoded.
    pub text: String,
}

impl Mail {
    /// The secret of the link in this mail: what follows `token=`.
    pub fn secret(&self) -> Option<&str> {
        let (_, rest) = self.text.split_once("token=")?;
        let end = rest
            .find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | '.'))
            .unwrap_or(rest.len());
        rest.get(..end)
    }
}

impl Mailbox {
    /// The mails in `directory`, which need not exist yet.
    pub fn new(directory: impl Into<PathBuf>) -> Self {
        Self { directory: directory.into() }
    }

    /// All mails to `address`, oldest first.
    pub fn to(&self, address: &str) -> Vec<Mail> {
        let mut files: Vec<_> = std::fs::read_dir(&self.directory)
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "eml"))
            .filter_map(|path| Some((path.metadata().ok()?.modified().ok()?, path)))
            .collect();
        files.sort();
        files.iter().filter_map(|(_, path)| read(path)).filter(|mail| mail.to == address).collect()
    }

    /// Waits until there are `count` mails to `address`, and hands out all of them.
    ///
    /// # Panics
    /// When they do not come.
    #[track_caller]
    pub fn wait(&self, address: &str, count: usize) -> Vec<Mail> {
        let begun = Instant::now();
        loop {
            let mails = self.to(address);
            if mails.len() >= count {
                return mails;
            }
            assert!(
                begun.elapsed() < PATIENCE,
                "{} of {count} mails to {address} came: {mails:?}",
                mails.len()
            );
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// The secret of the link in the newest of `count` mails to `address`, once they are there.
    ///
    /// # Panics
    /// When they do not come, or the newest has no link.
    #[track_caller]
    #[expect(clippy::expect_used, reason = "a test cannot go on without the link")]
    pub fn secret(&self, address: &str, count: usize) -> String {
        let mails = self.wait(address, count);
        let newest = mails.iter().rev().find_map(Mail::secret);
        newest.map(str::to_owned).expect("a mail with a link")
    }

    /// The number of mails to `address` once nothing more comes.
    pub fn settled(&self, address: &str) -> usize {
        std::thread::sleep(QUIET);
        self.to(address).len()
    }
}

fn read(path: &Path) -> Option<Mail> {
    let raw = std::fs::read_to_string(path).ok()?.replace("\r\n", "\n");
    let (head, body) = raw.split_once("\n\n")?;
    let to = header(head, "to")?;
    let to = to.rsplit_once('<').map_or(to.as_str(), |(_, address)| address.trim_end_matches('>')).to_owned();
    let subject = words(&header(head, "subject")?);
    let mut text = String::new();
    collect(head, body, &mut text);
    Some(Mail { to, subject, text })
}

/// Adds the text of a part, or of its parts.
fn collect(head: &str, body: &str, text: &mut String) {
    let kind = header(head, "content-type").unwrap_or_default();
    if let Some((_, rest)) = kind.split_once("boundary=") {
        let boundary = format!("--{}", rest.split(';').next().unwrap_or_default().trim().trim_matches('"'));
        for part in body.split(boundary.as_str()).skip(1) {
            if let Some((head, body)) = part.trim_start_matches('\n').split_once("\n\n") {
                collect(head, body, text);
            }
        }
        return;
    }
    match header(head, "content-transfer-encoding").as_deref() {
        Some("base64") => {
            let bytes = STANDARD.decode(body.split_whitespace().collect::<String>()).unwrap_or_default();
            text.push_str(&String::from_utf8_lossy(&bytes));
        }
        Some("quoted-printable") => text.push_str(&quoted_printable(&body.replace("=\n", ""))),
        _ => text.push_str(body),
    }
}

/// A header's value, unfolded.
fn header(head: &str, name: &str) -> Option<String> {
    let unfolded = head.replace("\n ", " ").replace("\n\t", " ");
    unfolded.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
    })
}

/// Decodes the encoded words of a header.
fn words(value: &str) -> String {
    let mut plain = String::new();
    let mut rest = value;
    while let Some((before, word)) = rest.split_once("=?") {
        if !before.trim().is_empty() {
            plain.push_str(before);
        }
        let mut parts = word.splitn(4, '?');
        let (Some(_charset), Some(kind), Some(data), Some(after)) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            break;
        };
        if kind.eq_ignore_ascii_case("b") {
            plain.push_str(&String::from_utf8_lossy(&STANDARD.decode(data).unwrap_or_default()));
        } else {
            plain.push_str(&quoted_printable(&data.replace('_', " ")));
        }
        rest = after.strip_prefix('=').unwrap_or(after);
    }
    plain + rest
}

fn quoted_printable(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let pair = (byte == b'=').then(|| [ahead.next(), ahead.next()]);
        match pair {
            Some([Some(high), Some(low)]) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                bytes.push(hex(high) * 16 + hex(low));
                rest = ahead;
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        b'a'..=b'f' => digit - b'a' + 10,
        _ => digit - b'A' + 10,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_in_korean_is_read_whatever_its_encoding() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("1.eml");
        std::fs::write(
            &file,
            "From: Madang <no-reply@localhost>\r\nTo: <a@x.test>\r\nSubject: =?utf-8?b?66mU7J28?=\r\n\
             Content-Transfer-Encoding: quoted-printable\r\n\r\n=EC=95=88\r\nhttp://h/docs#token=3Dab-c=\r\n_1 .\r\n",
        )
        .unwrap();
        let mails = Mailbox::new(folder.path()).to("a@x.test");
        assert_eq!(mails[0].subject, "메일");
        assert!(mails[0].text.starts_with('안'));
        assert_eq!(mails[0].secret(), Some("ab-c_1"));
    }
}
