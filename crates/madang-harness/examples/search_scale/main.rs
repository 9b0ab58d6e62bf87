//! Searches and pages among very many generated posts.
//!
//! `search_scale [POSTS]` (1,000,000 unless said otherwise) fills the empty database of the settings, which come from
//! `MADANG_…` variables as they do for a server, and times searches of two syllables, common, rare and absent, in all
//! boards and in one, and the first, second and 10,000th page of a board. A database that it filled before is measured as it
//! is. Run it in release mode, alone on the machine.
#![allow(clippy::print_stdout, reason = "a tool of the benchmark tells what it measured")]

mod fill;
mod measure;

use fill::Place;
use madang::settings::{Settings, Sources};
use madang_domain::store::Store;
use madang_persistence::migrate::Migrator;
use madang_persistence::{DieselStore, Options};
use std::error::Error;
use std::sync::Arc;
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let posts: u64 = std::env::args().nth(1).map_or(Ok(1_000_000), |posts| posts.parse())?;
    let settings = Settings::load(&Sources { environment: true, ..Sources::default() })?;
    Migrator::connect(&settings.database.url)?.run()?;
    let store = Arc::new(DieselStore::open(Options::new(settings.database.url.clone()))?);
    let port: Arc<dyn Store> = Arc::clone(&store) as _;
    let begun = Instant::now();
    let place = match Place::find(&port)? {
        Some(place) => place,
        None => {
            let place = Place::make(&port)?;
            place.fill(&port, posts)?;
            let seconds = begun.elapsed().as_secs_f64();
            println!("{posts} posts in {seconds:.1} s, {:.0} µs each", seconds * 1e6 / posts as f64);
            place
        }
    };
    measure::run(&port, &place)?;
    store.close();
    Ok(())
}
