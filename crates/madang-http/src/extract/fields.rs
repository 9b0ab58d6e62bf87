//! Reading the fields of a body: every bad, missing, unknown and server-owned field is named in one answer.

use super::json::Node;
use crate::problem::{FieldProblem, Problem};
use madang_domain::policy::Policy;
use madang_domain::text::FieldError;

/// A body that a route takes.
///
/// Each field is read once, all before the first `?`, so that no bad field hides another:
/// `None` means that a refusal has been noted in `fields`.
pub trait Body: Sized {
    /// Reads the body.
    fn read(fields: &mut Fields<'_>) -> Option<Self>;
}

/// The body of routes that take none: nothing, or an empty object.
#[derive(Clone, Copy, Debug)]
pub struct NoBody;

impl Body for NoBody {
    fn read(_: &mut Fields<'_>) -> Option<Self> {
        Some(Self)
    }
}

/// What is wrong with a value, with the path to it from the value itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faults(pub Vec<(String, FieldError)>);

impl From<FieldError> for Faults {
    fn from(error: FieldError) -> Self {
        Self(vec![(String::new(), error)])
    }
}

/// The fields of one object that are still to be read.
#[derive(Debug)]
pub struct Fields<'a> {
    left: Vec<(String, Node)>,
    faults: Vec<(String, FieldError)>,
    read_only: &'a [&'a str],
    policy: &'a Policy,
}

impl<'a> Fields<'a> {
    pub(super) fn new(object: Vec<(String, Node)>, policy: &'a Policy) -> Self {
        Self { left: object, faults: Vec::new(), read_only: &[], policy }
    }

    /// The policy in force, for limits that are settings.
    pub fn policy(&self) -> &'a Policy {
        self.policy
    }

    /// Names fields of the resource that this body may not set: they answer `read_only` rather than `unknown_field`.
    pub fn read_only(&mut self, names: &'a [&'a str]) {
        self.read_only = names;
    }

    /// A field that must be there.
    pub fn required<T>(&mut self, name: &str, parse: impl FnOnce(Node) -> Result<T, Faults>) -> Option<T> {
        match self.take(name) {
            None => self.refuse(name, FieldError::Required),
            Some(Node::Null) => self.refuse(name, FieldError::Null),
            Some(node) => self.parse(name, node, parse),
        }
    }

    /// A field that may be absent, but not `null`: `Some(None)` when absent.
    pub fn optional<T>(
        &mut self,
        name: &str,
        parse: impl FnOnce(Node) -> Result<T, Faults>,
    ) -> Option<Option<T>> {
        match self.take(name) {
            None => Some(None),
            Some(Node::Null) => self.refuse(name, FieldError::Null),
            Some(node) => self.parse(name, node, parse).map(Some),
        }
    }

    /// A field that may be absent (`Some(None)`), `null` (`Some(Some(None))`) or hold a value.
    pub fn nullable<T>(
        &mut self,
        name: &str,
        parse: impl FnOnce(Node) -> Result<T, Faults>,
    ) -> Option<Option<Option<T>>> {
        match self.take(name) {
            None => Some(None),
            Some(Node::Null) => Some(Some(None)),
            Some(node) => self.parse(name, node, parse).map(|value| Some(Some(value))),
        }
    }

    /// All fields that are still to be read, in the order in which they were sent: for bodies whose names are data.
    pub fn rest(&mut self) -> Vec<(String, Node)> {
        std::mem::take(&mut self.left)
    }

    /// Notes a refusal; always `None`.
    pub fn refuse<T>(&mut self, name: &str, error: FieldError) -> Option<T> {
        self.faults.push((name.to_owned(), error));
        None
    }

    /// Whether nothing has been refused so far.
    pub fn is_clean(&self) -> bool {
        self.faults.is_empty()
    }

    fn take(&mut self, name: &str) -> Option<Node> {
        let at = self.left.iter().position(|(key, _)| key == name)?;
        Some(self.left.remove(at).1)
    }

    fn parse<T>(
        &mut self,
        name: &str,
        node: Node,
        parse: impl FnOnce(Node) -> Result<T, Faults>,
    ) -> Option<T> {
        match parse(node) {
            Ok(value) => Some(value),
            Err(Faults(faults)) => {
                self.faults.extend(faults.into_iter().map(|(path, error)| (join(name, &path), error)));
                None
            }
        }
    }

    /// The refusals, those of left-over fields included.
    pub(super) fn finish(self) -> Vec<(String, FieldError)> {
        let mut faults = self.faults;
        for (name, _) in self.left {
            let owned = self.read_only.contains(&name.as_str()) || is_server_owned(&name);
            faults.push((name, if owned { FieldError::ReadOnly } else { FieldError::UnknownField }));
        }
        faults
    }
}

pub(super) fn join(head: &str, tail: &str) -> String {
    if tail.is_empty() { head.to_owned() } else { format!("{head}.{tail}") }
}

fn is_server_owned(name: &str) -> bool {
    const OWNED: [&str; 11] = [
        "id",
        "created_at",
        "updated_at",
        "deleted_at",
        "author_id",
        "school_id",
        "role",
        "is_staff",
        "is_superuser",
        "email_verified_at",
        "enrolment_verified_at",
    ];
    OWNED.contains(&name) || name.ends_with("_count")
}

/// Reads `node` as a `B`.
pub(crate) fn read_body<B: Body>(node: Node, policy: &Policy) -> Result<B, Problem> {
    match read_draft(node, policy)? {
        (Some(body), faults) if faults.is_empty() => Ok(body),
        (_, faults) => Err(Problem::fields(faults)),
    }
}

/// Reads `node` as a `B` as far as it can be read, with everything that is refused: for bodies of which the stored world
/// refuses something as well, so that all of it is named in one answer.
pub(crate) fn read_draft<B: Body>(
    node: Node,
    policy: &Policy,
) -> Result<(Option<B>, Vec<FieldProblem>), Problem> {
    let Node::Object(object) = node else {
        return Err(Problem::field("body", FieldError::Invalid));
    };
    let mut fields = Fields::new(object, policy);
    let body = B::read(&mut fields);
    let faults = fields.finish().into_iter().map(|(field, code)| FieldProblem::new(field, code)).collect();
    Ok((body, faults))
}

#[cfg(test)]
mod tests {
    use super::super::{json, value};
    use super::*;
    use madang_domain::text::TextRule;

    #[derive(Debug, PartialEq)]
    struct Sample {
        title: String,
        notice: Option<Option<String>>,
        tags: Vec<String>,
    }

    impl Body for Sample {
        fn read(fields: &mut Fields<'_>) -> Option<Self> {
            fields.read_only(&["is_question"]);
            let title = fields.required("title", value::text(TextRule::line(1, 5)));
            let notice = fields.nullable("notice", value::text(TextRule::line(1, 5)));
            let tags = fields.optional("tags", value::list(3, value::text(TextRule::line(1, 5))));
            Some(Self { title: title?, notice: notice?, tags: tags?.unwrap_or_default() })
        }
    }

    fn read(text: &str) -> Result<Sample, Vec<(String, FieldError)>> {
        read_body(json::parse(text.as_bytes()).unwrap(), &Policy::default())
            .map_err(|problem| problem.refused().iter().map(|f| (f.field.clone(), f.code)).collect())
    }

    #[test]
    fn names_every_bad_field_at_once() {
        let errors = read(r#"{"tags":["ok","", 7],"id":1,"is_question":true,"bogus":1,"like_count":3}"#);
        let expected = [
            ("title", FieldError::Required),
            ("tags.1", FieldError::Blank),
            ("tags.2", FieldError::Invalid),
            ("id", FieldError::ReadOnly),
            ("is_question", FieldError::ReadOnly),
            ("bogus", FieldError::UnknownField),
            ("like_count", FieldError::ReadOnly),
        ];
        let expected: Vec<_> = expected.into_iter().map(|(f, c)| (f.to_owned(), c)).collect();
        assert_eq!(errors, Err(expected));
    }

    #[test]
    fn tells_absent_null_and_value_apart() {
        let notice = |text| read(text).unwrap().notice;
        assert_eq!(notice(r#"{"title":"a"}"#), None);
        assert_eq!(notice(r#"{"title":"a","notice":null}"#), Some(None));
        assert_eq!(notice(r#"{"title":"a","notice":"b"}"#), Some(Some("b".to_owned())));
        assert_eq!(read(r#"{"title":null}"#), Err(vec![("title".to_owned(), FieldError::Null)]));
        assert_eq!(read("[]"), Err(vec![("body".to_owned(), FieldError::Invalid)]));
    }
}
