//! The server as it would be with a database that costs nothing: the ceiling that `just bench` compares with.
//!
//! Boots like `madang serve` with the settings of the `MADANG_…` variables, so that routes, access tokens, rules and
//! serialisation are the very same; only the measured routes' units of work are answered from memory, on the thread that
//! asks. Logins and all else go to the real database behind it, which must hold the benchmark's dataset.
#![allow(clippy::print_stdout, reason = "scripts wait for the line that says where it listens")]

mod fixed;
mod sample;
mod store;

use madang::settings::Sources;
use madang::{App, Settings, World};
use madang_domain::store::Store;
use madang_persistence::{DieselStore, Options};
use sample::Sample;
use std::error::Error;
use std::sync::Arc;
use store::Ceiling;

fn main() -> Result<(), Box<dyn Error>> {
    let settings = Settings::load(&Sources { environment: true, ..Sources::default() })?;
    let store: Arc<dyn Store> = Arc::new(DieselStore::open(Options::new(settings.database.url.clone()))?);
    let sample = Sample::take(&store)?;
    drop(store);
    let app = App::new(settings, World::real()).behind(|real| Arc::new(Ceiling::new(real, sample)));
    let running = app.start_now()?;
    println!("listening on http://{}", running.addr());
    loop {
        // A signal ends it; nothing here is worth a graceful stop.
        std::thread::park();
    }
}
