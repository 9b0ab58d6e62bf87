//! Feeds, which walk by key, and pages, which are numbered.

use crate::ctx::Timestamp;
use uuid::Uuid;

/// The immutable key of a row in a feed: an instant, and the id as tie-break.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The instant the feed is ordered by.
    pub at: Timestamp,
    /// The row's id.
    pub id: Uuid,
}

/// The order of a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FeedOrder {
    /// Latest instant first.
    NewestFirst,
    /// Earliest instant first.
    OldestFirst,
}

/// From where and in which direction a feed is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// At the first row.
    Start,
    /// After this position, in the feed's order.
    After(Position),
    /// Before this position; the answer is in the feed's order all the same.
    Before(Position),
}

/// One request of a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FeedRequest {
    /// Where to begin.
    pub from: From,
    /// How many rows, 1 to 100.
    pub limit: u32,
    /// In which order.
    pub order: FeedOrder,
}

/// One stretch of a feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed<T> {
    /// The rows, in the feed's order.
    pub items: Vec<T>,
    /// The position to read on after, if there is more.
    pub next: Option<Position>,
    /// The position to read back before, if there may be something.
    pub previous: Option<Position>,
}

impl FeedRequest {
    /// Whether rows must be read in ascending order of their key.
    pub fn ascending(&self) -> bool {
        matches!(
            (self.order, self.from),
            (FeedOrder::OldestFirst, From::Start | From::After(_))
                | (FeedOrder::NewestFirst, From::Before(_))
        )
    }

    /// The position that bounds the rows, exclusive.
    pub fn bound(&self) -> Option<Position> {
        match self.from {
            From::Start => None,
            From::After(position) | From::Before(position) => Some(position),
        }
    }
}

impl<T> Feed<T> {
    /// Makes the stretch from up to `limit + 1` rows that were read as [`FeedRequest::ascending`] says; the extra row
    /// only tells that there is more.
    pub fn assemble(request: &FeedRequest, mut rows: Vec<T>, position: impl Fn(&T) -> Position) -> Self {
        let limit = request.limit as usize;
        let more = rows.len() > limit;
        rows.truncate(limit);
        let backwards = matches!(request.from, From::Before(_));
        if backwards {
            rows.reverse();
        }
        let (first, last) = (rows.first().map(&position), rows.last().map(&position));
        let (next, previous) = match request.from {
            From::Start => (last.filter(|_| more), None),
            From::After(bound) => (last.filter(|_| more), first.or(Some(bound))),
            From::Before(_) => (last, first.filter(|_| more)),
        };
        Self { items: rows, next, previous }
    }

    /// The same stretch of other items.
    pub fn map<U>(self, map: impl FnMut(T) -> U) -> Feed<U> {
        Feed { items: self.items.into_iter().map(map).collect(), next: self.next, previous: self.previous }
    }
}

/// One request of a numbered page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageRequest {
    /// The page, from 1.
    pub page: u32,
    /// Rows a page, 1 to 100.
    pub page_size: u32,
}

impl PageRequest {
    /// How many rows stand before this page.
    pub fn offset(&self) -> i64 {
        i64::from(self.page - 1) * i64::from(self.page_size)
    }
}

/// One step of a page's order; the id breaks the ties that all steps leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderBy<K> {
    /// What is compared.
    pub key: K,
    /// Whether the greatest comes first.
    pub descending: bool,
}

impl<K> OrderBy<K> {
    /// The least first.
    pub fn ascending(key: K) -> Self {
        Self { key, descending: false }
    }

    /// The greatest first.
    pub fn descending(key: K) -> Self {
        Self { key, descending: true }
    }
}

/// One numbered page. A page after the last holds no items; the caller answers 404 then, page 1 excepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// How many rows there are in all.
    pub count: i64,
    /// The rows of this page.
    pub items: Vec<T>,
}

impl<T> Page<T> {
    /// The same page of other items.
    pub fn map<U>(self, map: impl FnMut(T) -> U) -> Page<U> {
        Page { count: self.count, items: self.items.into_iter().map(map).collect() }
    }
}
