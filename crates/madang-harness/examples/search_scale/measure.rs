//! What the queries take.

use crate::fill::{ABSENT, COMMON, LOCAL, Place, RARE};
use madang_domain::paging::{Feed, FeedOrder, FeedRequest, From};
use madang_domain::posts::{PostFilter, PostKey, PostQuery, PostScope, PostView};
use madang_domain::search::SearchTerms;
use madang_domain::store::{Store, StoreError};
use std::error::Error;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How often each query is asked.
const TIMES: usize = 200;
const PAGE: u32 = 20;
const LAST_PAGE: usize = 10_000;

pub(crate) fn run(store: &Arc<dyn Store>, place: &Place) -> Result<(), Box<dyn Error>> {
    for (what, term) in [("common", COMMON), ("local", LOCAL), ("rare", RARE), ("absent", ABSENT)] {
        let terms = SearchTerms::parse(term, 2).map_err(|error| format!("{error:?}"))?;
        for (scope, place_name) in
            [(PostScope::Everywhere, "everywhere"), (PostScope::Board(place.board), "one board")]
        {
            let filter = PostFilter { search: Some(terms.clone()), ..PostFilter::default() };
            let query = query(scope, filter, From::Start);
            let found = ask(store, place, &query)?.items.len();
            report(store, place, &[(format!("search, {what}, {place_name} ({found} rows)"), query)])?;
        }
    }
    let board = PostScope::Board(place.board);
    let page_of = |from| query(board, PostFilter::default(), from);
    let mut pages = vec![("page 1".to_owned(), page_of(From::Start))];
    let (mut page, mut from) = (1, From::Start);
    while page < LAST_PAGE {
        let Some(next) = ask(store, place, &page_of(from))?.next else { break };
        (page, from) = (page + 1, From::After(next));
        // The second page asks what all later ones ask.
        if page == 2 || page == LAST_PAGE {
            pages.push((format!("page {page}"), page_of(from)));
        }
    }
    report(store, place, &pages)
}

fn query(scope: PostScope, filter: PostFilter, from: From) -> PostQuery {
    let request = FeedRequest { from, limit: PAGE, order: FeedOrder::NewestFirst };
    PostQuery { scope, key: PostKey::Written, filter, request, contents_chars: 301 }
}

fn ask(store: &Arc<dyn Store>, place: &Place, query: &PostQuery) -> Result<Feed<PostView>, StoreError> {
    let (reader, query) = (place.reader(), query.clone());
    store.read_blocking(move |uow| uow.posts().list(&reader, &query))
}

/// Prints the median and the 99th percentile of asking each of `queries` again and again, in turns, so that what else the
/// machine does weighs on all alike.
fn report(
    store: &Arc<dyn Store>,
    place: &Place,
    queries: &[(String, PostQuery)],
) -> Result<(), Box<dyn Error>> {
    let mut times = vec![Vec::with_capacity(TIMES); queries.len()];
    for _ in 0..TIMES {
        for ((_, query), times) in queries.iter().zip(&mut times) {
            let begun = Instant::now();
            ask(store, place, query)?;
            times.push(begun.elapsed());
        }
    }
    for ((what, _), times) in queries.iter().zip(&mut times) {
        times.sort_unstable();
        let at = |share: usize| times.get(TIMES * share / 100).copied().unwrap_or(Duration::MAX);
        println!(
            "{what:44} p50 {:8.3} ms  p99 {:8.3} ms",
            at(50).as_secs_f64() * 1e3,
            at(99).as_secs_f64() * 1e3
        );
    }
    Ok(())
}
