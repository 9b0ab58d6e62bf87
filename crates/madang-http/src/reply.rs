//! The answers of successes: details with their tag, feeds and pages with their links.

use crate::answer::Answer;
use crate::api::{Api, BASE};
use crate::cursor::Direction;
use crate::etag::etag;
use crate::extract::{ListQuery, Pairs};
pub use crate::lists::{Feed, Page};
use crate::problem::{Code, Problem};
use crate::viewer::Viewer;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use madang_domain::language::Language;
use madang_domain::paging;
use serde::Serialize;
use std::sync::Arc;

/// Makes answers for one request; cheap to clone, and at home in a unit of work.
#[derive(Clone)]
pub struct Reply {
    api: Arc<Api>,
    viewer: Viewer,
    path: Arc<str>,
}

impl Reply {
    pub(crate) fn new(api: Arc<Api>, viewer: Viewer, path: &str) -> Self {
        Self { api, viewer, path: path.into() }
    }

    /// The language of the answer.
    pub fn language(&self) -> Language {
        self.viewer.language()
    }

    /// Whom the answer is for.
    pub fn viewer(&self) -> &Viewer {
        &self.viewer
    }

    /// The same for another viewer.
    pub(crate) fn seen_by(&self, viewer: &Viewer) -> Self {
        Self { viewer: viewer.clone(), ..self.clone() }
    }

    /// The absolute URL of a resource, such as `/posts/…`.
    pub fn url(&self, resource: &str) -> String {
        format!("{}{BASE}{resource}", self.api.settings.public_url)
    }

    /// 200 with a body and no tag.
    pub fn ok(&self, body: &impl Serialize) -> Answer {
        Answer::json(StatusCode::OK, body)
    }

    /// 200 with the tag of this representation.
    pub fn detail(&self, body: &impl Serialize) -> Answer {
        tagged(Answer::json(StatusCode::OK, body))
    }

    /// 201 with the tag of the new state, and where it is.
    pub fn created(&self, resource: &str, body: &impl Serialize) -> Answer {
        self.located(resource, tagged(Answer::json(StatusCode::CREATED, body)))
    }

    /// 201 with what is no resource of its own, and the resource that it belongs to.
    pub fn added(&self, resource: &str, body: &impl Serialize) -> Answer {
        self.located(resource, Answer::json(StatusCode::CREATED, body))
    }

    /// 202 with a body.
    pub fn accepted(&self, body: &impl Serialize) -> Answer {
        Answer::json(StatusCode::ACCEPTED, body)
    }

    /// 204.
    pub fn no_content(&self) -> Answer {
        Answer::no_content()
    }

    /// 200 with one stretch of a feed.
    pub fn feed<T: Serialize>(&self, query: &ListQuery, feed: paging::Feed<T>) -> Answer {
        let list = query.pairs().identity(&self.path);
        let link = |direction, position: Option<paging::Position>| {
            position.map(|position| {
                let cursor = self.api.settings.cursor_key.seal(&list, direction, position);
                self.list_url(&query.pairs().with("cursor", Some(&cursor)))
            })
        };
        let body = Feed {
            results: feed.items,
            next: link(Direction::Next, feed.next),
            previous: link(Direction::Previous, feed.previous),
        };
        let first = self.list_url(&query.pairs().with("cursor", None));
        linked(self.ok(&body), &first, body.previous.as_deref(), body.next.as_deref())
    }

    /// The absolute URL of what follows `position` in the feed `resource`, which has no filters.
    pub fn feed_after(&self, resource: &str, position: paging::Position) -> String {
        let list = Pairs::default().identity(&format!("{BASE}{resource}"));
        let cursor = self.api.settings.cursor_key.seal(&list, Direction::Next, position);
        format!("{}?cursor={cursor}", self.url(resource))
    }

    /// 200 with a numbered page.
    ///
    /// # Errors
    /// `not_found` for a page after the last, the first excepted.
    pub fn page<T: Serialize>(&self, query: &ListQuery, page: paging::Page<T>) -> Result<Answer, Problem> {
        let request = query.page();
        let last = page.count.max(1).unsigned_abs().div_ceil(u64::from(request.page_size));
        let number = u64::from(request.page);
        if number > last {
            return Err(Code::NotFound.into());
        }
        let link = |number: u64| self.list_url(&query.pairs().with("page", Some(&number.to_string())));
        let body = Page {
            count: page.count,
            results: page.items,
            next: (number < last).then(|| link(number + 1)),
            previous: (number > 1).then(|| link(number - 1)),
        };
        Ok(linked(self.ok(&body), &link(1), body.previous.as_deref(), body.next.as_deref()))
    }

    /// The answer of a failure.
    pub(crate) fn problem(&self, problem: &Problem) -> Answer {
        problem.answer(self.language(), &self.path)
    }

    fn located(&self, resource: &str, answer: Answer) -> Answer {
        match HeaderValue::from_str(&self.url(resource)) {
            Ok(url) => answer.with(header::LOCATION, url),
            Err(_) => answer,
        }
    }

    fn list_url(&self, query: &str) -> String {
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{}{}{mark}{query}", self.api.settings.public_url, self.path)
    }
}

fn tagged(answer: Answer) -> Answer {
    match HeaderValue::from_str(&etag(&answer.body)) {
        Ok(tag) => answer.with(header::ETAG, tag),
        Err(_) => answer,
    }
}

/// Adds the links of RFC 8288.
fn linked(answer: Answer, first: &str, previous: Option<&str>, next: Option<&str>) -> Answer {
    let links = [("first", Some(first)), ("prev", previous), ("next", next)];
    let links: Vec<_> =
        links.iter().filter_map(|(rel, url)| url.map(|url| format!("<{url}>; rel=\"{rel}\""))).collect();
    match HeaderValue::from_str(&links.join(", ")) {
        Ok(links) => answer.with(header::LINK, links),
        Err(_) => answer,
    }
}
