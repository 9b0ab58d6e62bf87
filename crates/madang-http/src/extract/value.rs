//! Parsers of single values, to be handed to [`Fields`].

use super::fields::{Faults, Fields, join};
use super::json::Node;
use chrono::{DateTime, NaiveDate};
use madang_domain::ctx::Timestamp;
use madang_domain::policy::Policy;
use madang_domain::text::{FieldError, TextRule};
use std::ops::RangeInclusive;
use uuid::Uuid;

/// A text judged by `rule`, kept as written.
pub fn text(rule: TextRule) -> impl Fn(Node) -> Result<String, Faults> {
    move |node| Ok(rule.parse(&raw_text(node)?)?)
}

/// A name judged by `rule`, without the spaces around it.
pub fn trimmed(rule: TextRule) -> impl Fn(Node) -> Result<String, Faults> {
    move |node| Ok(rule.parse_trimmed(&raw_text(node)?)?)
}

/// A text that a domain type parses.
pub fn parsed<T>(parse: impl Fn(&str) -> Result<T, FieldError>) -> impl Fn(Node) -> Result<T, Faults> {
    move |node| Ok(parse(&raw_text(node)?)?)
}

/// A secret, exactly as sent: not normalised, spaces and NUL kept.
pub fn secret(node: Node) -> Result<String, Faults> {
    raw_text(node)
}

/// `true` or `false`.
pub fn boolean(node: Node) -> Result<bool, Faults> {
    match node {
        Node::Bool(value) => Ok(value),
        _ => Err(FieldError::Invalid.into()),
    }
}

/// A whole number within `range`.
pub fn integer(range: RangeInclusive<i64>) -> impl Fn(Node) -> Result<i64, Faults> {
    move |node| match node {
        Node::Int(value) if value < *range.start() => Err(FieldError::MinValue.into()),
        Node::Int(value) if value > *range.end() => Err(FieldError::MaxValue.into()),
        Node::Int(value) => Ok(value),
        _ => Err(FieldError::Invalid.into()),
    }
}

/// An id.
pub fn id<I: From<Uuid>>(node: Node) -> Result<I, Faults> {
    uuid(&raw_text(node)?).map(I::from).ok_or_else(|| FieldError::Invalid.into())
}

/// One of the words that `parse` knows.
pub fn choice<T>(parse: impl Fn(&str) -> Option<T>) -> impl Fn(Node) -> Result<T, Faults> {
    move |node| parse(&raw_text(node)?).ok_or_else(|| FieldError::InvalidChoice.into())
}

/// An instant with any offset.
pub fn instant(node: Node) -> Result<Timestamp, Faults> {
    timestamp(&raw_text(node)?).ok_or_else(|| FieldError::Invalid.into())
}

/// A date, `YYYY-MM-DD`.
pub fn date(node: Node) -> Result<NaiveDate, Faults> {
    calendar_date(&raw_text(node)?).ok_or_else(|| FieldError::Invalid.into())
}

/// At most `max` entries, each parsed alike; faults name the entry by its index from 0.
pub fn list<T>(
    max: usize,
    parse: impl Fn(Node) -> Result<T, Faults>,
) -> impl Fn(Node) -> Result<Vec<T>, Faults> {
    move |node| {
        let Node::List(entries) = node else { return Err(FieldError::Invalid.into()) };
        if entries.len() > max {
            return Err(FieldError::TooMany.into());
        }
        let (mut values, mut faults) = (Vec::with_capacity(entries.len()), Vec::new());
        for (index, entry) in entries.into_iter().enumerate() {
            let parsed = if entry == Node::Null { Err(FieldError::Null.into()) } else { parse(entry) };
            match parsed {
                Ok(value) => values.push(value),
                Err(Faults(inner)) => {
                    let index = index.to_string();
                    faults.extend(inner.into_iter().map(|(path, error)| (join(&index, &path), error)));
                }
            }
        }
        if faults.is_empty() { Ok(values) } else { Err(Faults(faults)) }
    }
}

/// An object of its own, read like a body.
pub fn object<T>(
    policy: &Policy,
    read: impl Fn(&mut Fields<'_>) -> Option<T>,
) -> impl Fn(Node) -> Result<T, Faults> {
    move |node| {
        let Node::Object(object) = node else { return Err(FieldError::Invalid.into()) };
        let mut fields = Fields::new(object, policy);
        let value = read(&mut fields);
        let faults = fields.finish();
        match value {
            Some(value) if faults.is_empty() => Ok(value),
            _ => Err(Faults(faults)),
        }
    }
}

fn raw_text(node: Node) -> Result<String, Faults> {
    match node {
        Node::Text(text) => Ok(text),
        _ => Err(FieldError::Invalid.into()),
    }
}

/// A UUID in its usual form with dashes; the other forms are nobody's.
pub(crate) fn uuid(text: &str) -> Option<Uuid> {
    if text.len() == 36 { Uuid::try_parse(text).ok() } else { None }
}

/// An instant in RFC 3339 with an offset, cut to microseconds, within the years both databases hold.
pub(crate) fn timestamp(text: &str) -> Option<Timestamp> {
    let at = DateTime::parse_from_rfc3339(text).ok()?.to_utc();
    let at = DateTime::from_timestamp_micros(at.timestamp_micros())?;
    ("1000-01-01T00:00:00Z"..="9999-12-31T23:59:59Z")
        .contains(&at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true).as_str())
        .then_some(at)
}

/// A date, exactly `YYYY-MM-DD`.
pub(crate) fn calendar_date(text: &str) -> Option<NaiveDate> {
    if text.len() == 10 { NaiveDate::parse_from_str(text, "%Y-%m-%d").ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_node(text: &str) -> Node {
        Node::Text(text.to_owned())
    }

    #[test]
    fn an_instant_needs_an_offset() {
        assert!(instant(text_node("2026-03-01T09:00:00+09:00")).is_ok());
        assert!(instant(text_node("2026-03-01T09:00:00")).is_err());
        assert!(instant(text_node("+10000-01-01T00:00:00Z")).is_err());
        assert_eq!(timestamp("2026-01-01T00:00:00.1234567Z").unwrap().timestamp_subsec_nanos(), 123_456_000);
    }

    #[test]
    fn numbers_and_ids_are_typed() {
        assert_eq!(integer(1..=5)(Node::Int(6)), Err(FieldError::MaxValue.into()));
        assert_eq!(integer(1..=5)(text_node("3")), Err(FieldError::Invalid.into()));
        assert_eq!(
            id::<Uuid>(text_node("{00000000-0000-0000-0000-000000000000}")),
            Err(FieldError::Invalid.into())
        );
        assert!(date(text_node("2026-02-29")).is_err());
    }
}
