//! An answer, with the assertions that most tests make.

use super::wire::Reply;
use serde_json::Value;

/// An answer of the server.
#[derive(Clone, Debug)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// Header names in lower case, in the order sent.
    pub headers: Vec<(String, String)>,
    /// The body, decoded from chunks.
    pub body: Vec<u8>,
    asked: String,
}

/// A refusal, as far as tests compare it: status, code, and the fields that are named, each with its code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The status code.
    pub status: u16,
    /// `code` of the body.
    pub code: String,
    /// `errors[]` of the body as (field, code), sorted.
    pub errors: Vec<(String, String)>,
}

impl Response {
    pub(super) fn new(asked: String, reply: Reply, body: Vec<u8>) -> Self {
        Self { status: reply.status, headers: reply.headers, body, asked }
    }

    /// The first header of this name (lower case).
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(header, _)| header == name).map(|(_, value)| value.as_str())
    }

    /// Every header of this name (lower case).
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers.iter().filter(move |(header, _)| header == name).map(|(_, value)| value.as_str())
    }

    /// The body as text; what is not UTF-8 is replaced.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    ///
    /// # Panics
    /// When it is not JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| self.fail(&format!("a JSON body ({error})")))
    }

    /// The value at `pointer` of the JSON body, such as `/author/label`; null when absent.
    #[track_caller]
    pub fn at(&self, pointer: &str) -> Value {
        self.json().pointer(pointer).cloned().unwrap_or(Value::Null)
    }

    /// The text at `pointer` of the JSON body.
    ///
    /// # Panics
    /// When there is none.
    #[track_caller]
    pub fn string(&self, pointer: &str) -> String {
        match self.at(pointer) {
            Value::String(text) => text,
            _ => self.fail(&format!("a text at {pointer}")),
        }
    }

    /// The `ETag`.
    ///
    /// # Panics
    /// When there is none.
    #[track_caller]
    pub fn etag(&self) -> String {
        self.header("etag").map_or_else(|| self.fail("an ETag"), str::to_owned)
    }

    /// This answer, if it has this status.
    ///
    /// # Panics
    /// When it has another.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        if self.status == status { self } else { self.fail(&format!("status {status}")) }
    }

    /// This answer, if it is the refusal `code` with this status and in the one shape of all refusals.
    ///
    /// # Panics
    /// When it is anything else.
    #[track_caller]
    pub fn refused(self, status: u16, code: &str) -> Self {
        let problem = self.problem();
        if problem.status == status && problem.code == code {
            self
        } else {
            self.fail(&format!("{status} {code}"))
        }
    }

    /// This answer, if it is `400 validation_failed` that names `field` with `code`.
    ///
    /// # Panics
    /// When it is anything else.
    #[track_caller]
    pub fn refused_field(self, field: &str, code: &str) -> Self {
        let problem = self.problem();
        let named = problem.errors.iter().any(|(f, c)| f == field && c == code);
        if problem.status == 400 && problem.code == "validation_failed" && named {
            self
        } else {
            self.fail(&format!("400 validation_failed with {code} at {field}"))
        }
    }

    /// This answer, if it is `400 validation_failed` that names `field`, whatever the reason.
    ///
    /// # Panics
    /// When it is anything else.
    #[track_caller]
    pub fn refused_at(self, field: &str) -> Self {
        let problem = self.problem();
        let named = problem.errors.iter().any(|(f, _)| f == field);
        if problem.status == 400 && problem.code == "validation_failed" && named {
            self
        } else {
            self.fail(&format!("400 validation_failed at {field}"))
        }
    }

    /// The refusal, judged to have the one shape.
    ///
    /// # Panics
    /// When the answer is no problem document, or one that contradicts its own status.
    #[track_caller]
    pub fn problem(&self) -> Problem {
        if self.status < 400 || self.header("content-type") != Some("application/problem+json") {
            self.fail("application/problem+json");
        }
        let body = self.json();
        let text = |name: &str| body[name].as_str().map_or_else(|| self.fail(name), str::to_owned);
        let code = text("code");
        if body["status"] != self.status || text("type") != format!("/problems/{}", code.replace('_', "-")) {
            self.fail("status and type that agree with the code");
        }
        let _shape = (text("title"), text("detail"), text("instance"));
        let Some(errors) = body["errors"].as_array() else { self.fail("errors") };
        let mut errors: Vec<(String, String)> =
            errors.iter().map(|error| (string_of(&error["field"]), string_of(&error["code"]))).collect();
        errors.sort();
        Problem { status: self.status, code, errors }
    }

    /// The whole answer but for what differs by nature: date, request id, the order of headers.
    pub fn bytes(&self) -> (u16, Vec<(&str, &str)>, &[u8]) {
        let headers = self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let mut headers: Vec<_> =
            headers.filter(|(name, _)| !matches!(*name, "date" | "x-request-id")).collect();
        headers.sort_unstable();
        (self.status, headers, &self.body)
    }

    /// The names of headers, sorted, without those that differ by nature: date and request id.
    pub fn header_names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        names
    }

    #[track_caller]
    #[expect(clippy::panic, reason = "an unexpected answer ends the test and is shown whole")]
    fn fail(&self, wanted: &str) -> ! {
        panic!("{}: wanted {wanted}, got {} {:?}\n{}", self.asked, self.status, self.headers, self.text())
    }
}

fn string_of(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
