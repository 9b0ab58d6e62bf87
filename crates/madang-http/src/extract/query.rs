//! Reading query strings by the grammar of lists.

use super::spec::{Filter, Kind, List, Style};
use super::value;
use crate::cursor::CursorKey;
use crate::problem::{Code, FieldProblem, Problem};
use chrono::NaiveDate;
use madang_domain::filters::{NumberTest, OneOf, OrderedTest, TextLookup, TextTest, TimeTest};
use madang_domain::paging::{FeedOrder, FeedRequest, From, PageRequest};
use madang_domain::policy::Policy;
use madang_domain::posts::HalfYear;
use madang_domain::search::SearchTerms;
use madang_domain::text::{FieldError, TextRule};
use uuid::Uuid;

mod pairs;

pub(crate) use pairs::Pairs;

/// Rows of one answer, unless asked otherwise.
const SIZE_DEFAULT: u32 = 20;
/// Most rows of one answer.
const SIZE_MAX: u32 = 100;
/// Most values of an `__in` lookup.
const IN_MAX: usize = 50;
const VALUE: TextRule = TextRule::lines(1, 100);

/// The query of a list, whole and valid.
#[derive(Clone, Debug)]
pub struct ListQuery {
    tests: Vec<(&'static str, Test)>,
    search: Option<SearchTerms>,
    order: Vec<OrderBy>,
    from: From,
    page: u32,
    size: u32,
    pairs: Pairs,
}

/// One step of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderBy {
    /// The field, without its sign.
    pub field: &'static str,
    /// Whether it descends.
    pub descending: bool,
}

#[derive(Clone, Debug)]
enum Test {
    Ids(Vec<Uuid>),
    Words(Vec<&'static str>),
    HalfYears(Vec<HalfYear>),
    Bool(bool),
    Null(bool),
    Text(TextTest),
    Number(NumberTest),
    Time(TimeTest),
    Date(OrderedTest<NaiveDate>),
}

impl ListQuery {
    /// Parses the query of `list` at `path`; every bad parameter is named.
    pub(crate) fn parse(
        query: &str,
        list: &List,
        path: &str,
        key: &CursorKey,
        policy: &Policy,
    ) -> Result<Self, Problem> {
        let pairs = Pairs::parse(query).ok_or(Problem::from(Code::MalformedRequest))?;
        let (mut unknown, mut bad) = (Vec::new(), Vec::new());
        let mut parsed = Self {
            tests: Vec::new(),
            search: None,
            order: order(list.ordering.first().into_iter().copied(), list).unwrap_or_default(),
            from: From::Start,
            page: 1,
            size: SIZE_DEFAULT,
            pairs: pairs.clone(),
        };
        for (name, text) in pairs.iter() {
            match parsed.apply(list, name, text, policy) {
                None => unknown.push(FieldProblem::new(name, FieldError::UnknownField)),
                Some(Err(error)) => bad.push(FieldProblem::new(name, error)),
                Some(Ok(())) => {}
            }
        }
        if !bad.is_empty() {
            bad.extend(unknown);
            return Err(Problem::fields(bad));
        }
        if !unknown.is_empty() {
            return Err(Problem::unknown_parameters(unknown));
        }
        if let Some(cursor) = pairs.value("cursor") {
            parsed.from =
                key.open(&pairs.identity(path), cursor).ok_or(Problem::from(Code::InvalidCursor))?;
        }
        Ok(parsed)
    }

    /// The request of a feed.
    pub fn feed(&self) -> FeedRequest {
        let order = match self.order.first() {
            Some(OrderBy { descending: false, .. }) => FeedOrder::OldestFirst,
            _ => FeedOrder::NewestFirst,
        };
        FeedRequest { from: self.from, limit: self.size, order }
    }

    /// The request of a page.
    pub fn page(&self) -> PageRequest {
        PageRequest { page: self.page, page_size: self.size }
    }

    /// The order, the default one if none was asked for.
    pub fn order(&self) -> &[OrderBy] {
        &self.order
    }

    /// The search, if there is one.
    pub fn search(&self) -> Option<&SearchTerms> {
        self.search.as_ref()
    }

    /// The ids that a filter lets through; none at all when two lookups exclude each other.
    pub fn ids<I: std::convert::From<Uuid>>(&self, name: &str) -> Option<OneOf<I>> {
        let lists = self.of(name).filter_map(|test| if let Test::Ids(ids) = test { Some(ids) } else { None });
        meet(lists).map(|ids| OneOf(ids.into_iter().map(I::from).collect()))
    }

    /// The words that a filter lets through, as `parse` knows them.
    pub fn choices<T>(&self, name: &str, parse: impl Fn(&str) -> Option<T>) -> Option<OneOf<T>> {
        let lists =
            self.of(name).filter_map(|test| if let Test::Words(words) = test { Some(words) } else { None });
        meet(lists).map(|words| OneOf(words.into_iter().filter_map(parse).collect()))
    }

    /// The halves of years that a filter lets through.
    pub fn half_years(&self, name: &str) -> Option<OneOf<HalfYear>> {
        let lists = self
            .of(name)
            .filter_map(|test| if let Test::HalfYears(halves) = test { Some(halves) } else { None });
        meet(lists).map(OneOf)
    }

    /// The value that a switch must have.
    pub fn bool(&self, name: &str) -> Option<bool> {
        self.of(name).find_map(|test| if let Test::Bool(value) = test { Some(*value) } else { None })
    }

    /// Whether a field must be null.
    pub fn is_null(&self, name: &str) -> Option<bool> {
        self.of(name).find_map(|test| if let Test::Null(value) = test { Some(*value) } else { None })
    }

    /// The tests of a text.
    pub fn texts(&self, name: &str) -> Vec<TextTest> {
        self.of(name)
            .filter_map(|test| if let Test::Text(test) = test { Some(test.clone()) } else { None })
            .collect()
    }

    /// The tests of a number.
    pub fn numbers(&self, name: &str) -> Vec<NumberTest> {
        self.of(name)
            .filter_map(|test| if let Test::Number(test) = test { Some(*test) } else { None })
            .collect()
    }

    /// The tests of an instant.
    pub fn times(&self, name: &str) -> Vec<TimeTest> {
        self.of(name)
            .filter_map(|test| if let Test::Time(test) = test { Some(*test) } else { None })
            .collect()
    }

    /// A day.
    pub fn day(&self, name: &str) -> Option<NaiveDate> {
        self.dates(name).into_iter().find_map(|test| match test {
            OrderedTest::Exact(day) => Some(day),
            _ => None,
        })
    }

    /// The tests of a date.
    pub fn dates(&self, name: &str) -> Vec<OrderedTest<NaiveDate>> {
        self.of(name)
            .filter_map(|test| if let Test::Date(test) = test { Some(*test) } else { None })
            .collect()
    }

    /// The parameters as they were sent.
    pub(crate) fn pairs(&self) -> &Pairs {
        &self.pairs
    }

    fn of(&self, name: &str) -> impl Iterator<Item = &Test> {
        self.tests.iter().filter(move |(field, _)| *field == name).map(|(_, test)| test)
    }

    /// Takes one parameter; `None` when the list does not offer it.
    fn apply(
        &mut self,
        list: &List,
        name: &str,
        text: &str,
        policy: &Policy,
    ) -> Option<Result<(), FieldError>> {
        match (name, list.style) {
            ("limit", Style::Feed) | ("page_size", Style::Page) => {
                return Some(count(text, SIZE_MAX).map(|size| self.size = size));
            }
            ("page", Style::Page) => return Some(count(text, u32::MAX).map(|page| self.page = page)),
            // Opened only when everything else is known to be good.
            ("cursor", Style::Feed) => return Some(Ok(())),
            _ => {}
        }
        if name == "search" && list.search {
            return Some(
                SearchTerms::parse(text, policy.search.min_chars).map(|terms| self.search = Some(terms)),
            );
        }
        if name == "ordering" && !list.fixed {
            let steps = order(text.split(','), list);
            return Some(steps.ok_or(FieldError::InvalidChoice).map(|order| self.order = order));
        }
        let (filter, lookup) = list.filters.iter().find_map(|filter| offered(filter, name))?;
        Some(test(filter.kind, lookup, text, policy).map(|test| self.tests.push((filter.name, test))))
    }
}

/// Refuses every parameter: for routes that offer none.
pub(crate) fn refuse_parameters(query: &str) -> Result<(), Problem> {
    refuse(query, |_| true)
}

/// Refuses every parameter but one.
pub(crate) fn refuse_parameters_but(query: &str, taken: &str) -> Result<(), Problem> {
    refuse(query, |name| name != taken)
}

fn refuse(query: &str, is_refused: impl Fn(&str) -> bool) -> Result<(), Problem> {
    let pairs = Pairs::parse(query).ok_or(Problem::from(Code::MalformedRequest))?;
    let unknown: Vec<_> = pairs
        .iter()
        .filter(|(name, _)| is_refused(name))
        .map(|(name, _)| FieldProblem::new(name, FieldError::UnknownField))
        .collect();
    if unknown.is_empty() { Ok(()) } else { Err(Problem::unknown_parameters(unknown)) }
}

fn offered<'a>(filter: &'a Filter, name: &str) -> Option<(&'a Filter, &'static str)> {
    let suffix = name.strip_prefix(filter.name)?;
    filter.kind.lookups().iter().find(|lookup| **lookup == suffix).map(|lookup| (filter, *lookup))
}

fn test(kind: Kind, lookup: &str, text: &str, policy: &Policy) -> Result<Test, FieldError> {
    if text.is_empty() {
        return Err(FieldError::Blank);
    }
    match kind {
        Kind::Id => values(lookup, text, |id| value::uuid(id).ok_or(FieldError::Invalid)).map(Test::Ids),
        Kind::Choice(words) => values(lookup, text, |word| {
            words.iter().copied().find(|known| *known == word).ok_or(FieldError::InvalidChoice)
        })
        .map(Test::Words),
        Kind::HalfYear => {
            values(lookup, text, |word| HalfYear::from_word(word).ok_or(FieldError::InvalidChoice))
                .map(Test::HalfYears)
        }
        Kind::Bool => boolean(text).map(Test::Bool),
        Kind::Null => boolean(text).map(Test::Null),
        Kind::Text | Kind::WholeText => text_test(lookup, text, policy.search.min_chars).map(Test::Text),
        Kind::Number => {
            ordered(lookup, text, |number| number.parse().map_err(|_| FieldError::Invalid)).map(Test::Number)
        }
        Kind::Time => {
            ordered(lookup, text, |at| value::timestamp(at).ok_or(FieldError::Invalid)).map(Test::Time)
        }
        Kind::Day => value::calendar_date(text)
            .map(|day| Test::Date(OrderedTest::Exact(day)))
            .ok_or(FieldError::Invalid),
        Kind::Date => ordered(lookup, text, |date| value::calendar_date(date).ok_or(FieldError::Invalid))
            .map(Test::Date),
    }
}

fn values<T>(
    lookup: &str,
    text: &str,
    parse: impl Fn(&str) -> Result<T, FieldError>,
) -> Result<Vec<T>, FieldError> {
    if lookup.is_empty() {
        return Ok(vec![parse(text)?]);
    }
    if text.split(',').count() > IN_MAX {
        return Err(FieldError::TooMany);
    }
    text.split(',').map(parse).collect()
}

fn boolean(text: &str) -> Result<bool, FieldError> {
    match text {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(FieldError::Invalid),
    }
}

/// A test of a text; where it may match inside a word it has at least `inner_min` characters.
fn text_test(lookup: &str, text: &str, inner_min: usize) -> Result<TextTest, FieldError> {
    let (lookup, min) = match lookup {
        "__iexact" => (TextLookup::IExact, 1),
        "__contains" => (TextLookup::Contains, inner_min),
        "__icontains" => (TextLookup::IContains, inner_min),
        "__startswith" => (TextLookup::StartsWith, 1),
        "__istartswith" => (TextLookup::IStartsWith, 1),
        "__endswith" => (TextLookup::EndsWith, inner_min),
        "__iendswith" => (TextLookup::IEndsWith, inner_min),
        _ => (TextLookup::Exact, 1),
    };
    let text = TextRule { min, ..VALUE }.parse(text)?;
    Ok(TextTest::new(lookup, &text))
}

fn ordered<T: PartialOrd>(
    lookup: &str,
    text: &str,
    parse: impl Fn(&str) -> Result<T, FieldError>,
) -> Result<OrderedTest<T>, FieldError> {
    Ok(match lookup {
        "__gt" => OrderedTest::Gt(parse(text)?),
        "__gte" => OrderedTest::Gte(parse(text)?),
        "__lt" => OrderedTest::Lt(parse(text)?),
        "__lte" => OrderedTest::Lte(parse(text)?),
        "__range" => {
            let (from, to) = text.split_once(',').ok_or(FieldError::Invalid)?;
            OrderedTest::Range(parse(from)?, parse(to)?)
        }
        _ => OrderedTest::Exact(parse(text)?),
    })
}

fn count(text: &str, max: u32) -> Result<u32, FieldError> {
    if text.is_empty() {
        return Err(FieldError::Blank);
    }
    match text.parse::<i64>() {
        Ok(number) if number < 1 => Err(FieldError::MinValue),
        Ok(number) => u32::try_from(number).ok().filter(|n| *n <= max).ok_or(FieldError::MaxValue),
        Err(_) => Err(FieldError::Invalid),
    }
}

/// The steps of an order; a feed has one, because its cursors hold one key.
fn order<'a>(steps: impl Iterator<Item = &'a str>, list: &List) -> Option<Vec<OrderBy>> {
    let mut order: Vec<OrderBy> = Vec::new();
    for step in steps {
        let (name, descending) = step.strip_prefix('-').map_or((step, false), |name| (name, true));
        let field = list
            .ordering
            .iter()
            .map(|offered| offered.trim_start_matches('-'))
            .find(|field| *field == name)?;
        if order.iter().any(|step| step.field == field) {
            return None;
        }
        order.push(OrderBy { field, descending });
    }
    if list.style == Style::Feed && order.len() > 1 { None } else { Some(order) }
}

/// What all of `lists` hold; `None` when there is no list.
fn meet<'a, T: Copy + PartialEq + 'a>(mut lists: impl Iterator<Item = &'a Vec<T>>) -> Option<Vec<T>> {
    let mut met = lists.next()?.clone();
    for list in lists {
        met.retain(|value| list.contains(value));
    }
    Some(met)
}

#[cfg(test)]
mod tests;
