//! The values that bodies of schools hold.

use crate::extract::{Faults, Fields, Node, value};
use madang_domain::policy::Policy;
use madang_domain::schools::{
    EMAIL_DOMAINS_MAX, EmailDomain, HOLIDAY_NAME_RULE, HOLIDAYS_MAX, Holiday, Semester, TERMS_MAX, Term,
    parse_year,
};
use madang_domain::text::FieldError;

/// Mail domains, each once.
pub(super) fn email_domains(node: Node) -> Result<Vec<EmailDomain>, Faults> {
    let domains = value::list(EMAIL_DOMAINS_MAX, value::parsed(EmailDomain::parse))(node)?;
    refuse_repeats(&domains, |n| n.to_string())?;
    Ok(domains)
}

/// All terms of a school.
pub(super) fn terms(policy: &Policy) -> impl Fn(Node) -> Result<Vec<Term>, Faults> {
    value::list(TERMS_MAX, value::object(policy, move |fields| term(fields, policy)))
}

fn term(fields: &mut Fields<'_>, policy: &Policy) -> Option<Term> {
    let year = fields.required("year", |node| Ok(parse_year(value::integer(i64::MIN..=i64::MAX)(node)?)?));
    let semester = fields.required("semester", value::choice(Semester::from_word));
    let starts_on = fields.required("starts_on", value::date);
    let ends_on = fields.required("ends_on", value::date);
    let holidays = fields.optional("holidays", |node| holidays(node, policy));
    Some(Term {
        year: year?,
        semester: semester?,
        starts_on: starts_on?,
        ends_on: ends_on?,
        holidays: holidays?.unwrap_or_default(),
    })
}

fn holidays(node: Node, policy: &Policy) -> Result<Vec<Holiday>, Faults> {
    let holiday = value::object(policy, |fields| {
        let date = fields.required("date", value::date);
        let name = fields.required("name", value::trimmed(HOLIDAY_NAME_RULE));
        Some(Holiday { date: date?, name: name? })
    });
    let holidays = value::list(HOLIDAYS_MAX, holiday)(node)?;
    let dates: Vec<_> = holidays.iter().map(|holiday| holiday.date).collect();
    refuse_repeats(&dates, |n| format!("{n}.date"))?;
    Ok(holidays)
}

/// Refuses each entry that an earlier one equals.
fn refuse_repeats<T: PartialEq>(entries: &[T], path: impl Fn(usize) -> String) -> Result<(), Faults> {
    let repeats = (0..entries.len()).filter(|n| entries.iter().take(*n).any(|entry| *entry == entries[*n]));
    let faults: Vec<_> = repeats.map(|n| (path(n), FieldError::Duplicate)).collect();
    if faults.is_empty() { Ok(()) } else { Err(Faults(faults)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::parse;

    fn faults(result: Result<impl Sized, Faults>) -> Vec<(String, FieldError)> {
        result.err().map(|Faults(faults)| faults).unwrap_or_default()
    }

    #[test]
    fn sch_1_names_each_bad_or_repeated_domain() {
        let node = parse(br#"["a.test", "nowhere", "A.test", 1]"#).unwrap();
        let expected = [("1".to_owned(), FieldError::Invalid), ("3".to_owned(), FieldError::Invalid)];
        assert_eq!(faults(email_domains(node)), expected);
        let node = parse(br#"["a.test", "A.test"]"#).unwrap();
        assert_eq!(faults(email_domains(node)), [("1".to_owned(), FieldError::Duplicate)]);
    }

    #[test]
    fn sch_4_reads_terms_and_names_what_is_wrong_inside() {
        let policy = Policy::default();
        let node = parse(
            br#"[{"year": 2026, "semester": "1", "starts_on": "2026-03-02", "ends_on": "2026-06-20",
                  "holidays": [{"date": "2026-05-05", "name": "Children"}]}]"#,
        );
        assert_eq!(terms(&policy)(node.unwrap()).map(|terms| terms[0].holidays.len()), Ok(1));
        let node = parse(
            br#"[{"year": 1, "semester": "3", "starts_on": "2026-02-30", "extra": 1,
                  "holidays": [{"date": "2026-05-05", "name": "A"}, {"date": "2026-05-05", "name": "B"}]}]"#,
        );
        let expected = [
            ("0.year", FieldError::MinValue),
            ("0.semester", FieldError::InvalidChoice),
            ("0.starts_on", FieldError::Invalid),
            ("0.ends_on", FieldError::Required),
            ("0.holidays.1.date", FieldError::Duplicate),
            ("0.extra", FieldError::UnknownField),
        ];
        let expected: Vec<_> = expected.map(|(field, code)| (field.to_owned(), code)).into();
        assert_eq!(faults(terms(&policy)(node.unwrap())), expected);
    }
}
