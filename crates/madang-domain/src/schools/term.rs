//! Terms and their holidays.

use crate::text::{FieldError, TextRule};
use chrono::NaiveDate;

/// Most terms of one school.
pub const TERMS_MAX: usize = 200;
/// Most holidays of one term.
pub const HOLIDAYS_MAX: usize = 100;
/// The rule of holiday names.
pub const HOLIDAY_NAME_RULE: TextRule = TextRule::line(1, 60);
const YEARS: std::ops::RangeInclusive<i64> = 1950..=2200;

/// The parts of an academic year, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Semester {
    /// The first semester.
    First,
    /// The summer session.
    Summer,
    /// The second semester.
    Second,
    /// The winter session.
    Winter,
}

/// A term of a school; one per (year, semester), none overlaps another (SCH-4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The academic year.
    pub year: i32,
    /// Its part.
    pub semester: Semester,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day, after the first.
    pub ends_on: NaiveDate,
    /// Days without lessons, by date, each once.
    pub holidays: Vec<Holiday>,
}

/// A day without lessons.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Holiday {
    /// The day.
    pub date: NaiveDate,
    /// What it is called.
    pub name: String,
}

impl Semester {
    /// All of them, in order.
    pub const ALL: [Self; 4] = [Self::First, Self::Summer, Self::Second, Self::Winter];

    /// The word of the contract and of the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::First => "1",
            Self::Summer => "summer",
            Self::Second => "2",
            Self::Winter => "winter",
        }
    }

    /// The semester of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|semester| semester.as_str() == word)
    }
}

impl Term {
    fn meets(&self, other: &Self) -> bool {
        let same_key = (self.year, self.semester) == (other.year, other.semester);
        same_key || (self.starts_on <= other.ends_on && other.starts_on <= self.ends_on)
    }
}

/// Parses an academic year.
///
/// # Errors
/// `min_value` or `max_value` outside of 1950 to 2200.
pub fn parse_year(year: i64) -> Result<i32, FieldError> {
    match i32::try_from(year) {
        Ok(whole) if YEARS.contains(&year) => Ok(whole),
        _ if year < *YEARS.start() => Err(FieldError::MinValue),
        _ => Err(FieldError::MaxValue),
    }
}

/// The places of the terms that break SCH-4: those that end before they start, and of two that meet, the later listed.
pub fn check_terms(terms: &[Term]) -> Vec<usize> {
    let breaks =
        |n: usize, term: &Term| term.starts_on >= term.ends_on || terms[..n].iter().any(|t| t.meets(term));
    terms.iter().enumerate().filter(|(n, term)| breaks(*n, term)).map(|(n, _)| n).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(year: i32, semester: Semester, from: &str, to: &str) -> Term {
        Term {
            year,
            semester,
            starts_on: from.parse().unwrap(),
            ends_on: to.parse().unwrap(),
            holidays: Vec::new(),
        }
    }

    #[test]
    fn sch_4_terms_neither_overlap_nor_repeat_nor_run_backwards() {
        let spring = term(2026, Semester::First, "2026-03-02", "2026-06-20");
        let autumn = term(2026, Semester::Second, "2026-09-01", "2026-12-19");
        assert_eq!(check_terms(&[spring.clone(), autumn.clone()]), [0; 0]);
        let summer = term(2026, Semester::Summer, "2026-06-20", "2026-07-10");
        assert_eq!(check_terms(&[spring.clone(), autumn.clone(), summer]), [2]);
        let again = term(2026, Semester::First, "2027-03-02", "2027-06-20");
        assert_eq!(check_terms(&[spring, again]), [1]);
        let backwards = term(2027, Semester::First, "2027-06-20", "2027-03-02");
        assert_eq!(check_terms(&[backwards, autumn]), [0]);
        assert_eq!(check_terms(&[term(2027, Semester::First, "2027-03-02", "2027-03-02")]), [0]);
    }

    #[test]
    fn semesters_keep_their_words() {
        assert!(Semester::ALL.iter().all(|s| Semester::from_word(s.as_str()) == Some(*s)));
        assert_eq!(Semester::from_word("3"), None);
        assert_eq!(parse_year(2026), Ok(2026));
        assert_eq!(parse_year(1949), Err(FieldError::MinValue));
        assert_eq!(parse_year(i64::MAX), Err(FieldError::MaxValue));
    }
}
