//! Loads the benchmark's dataset into the database of the settings, through the ports of the domain.
//!
//! `load_dataset DATASET ID_MAP` reads the `.tsv` files in the folder DATASET, migrates an empty database, fills it and
//! writes to ID_MAP which UUID each number of the dataset became. The settings come from `MADANG_…` variables, as they do
//! for the server that is to be measured: both must have the same data directory, because the passwords are peppered
//! with its keys.
#![allow(clippy::print_stdout, reason = "a tool of the benchmark tells how far it is")]

mod boards;
mod bulk;
mod ids;
mod people;
mod talk;
mod tsv;

use madang::settings::{Mode, Settings, Sources};
use madang::world::SystemEntropy;
use madang_auth::keys::KeyRing;
use madang_auth::passwords::{HasherSettings, Password, PasswordHasher};
use madang_domain::accounts::PasswordHash;
use madang_domain::store::Store;
use madang_persistence::migrate::Migrator;
use madang_persistence::{DieselStore, Options};
use std::error::Error;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

/// All users share one hash, so one salt serves; a fixed one makes the database the same each time.
const SALT: [u8; 16] = *b"madang benchmark";

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1);
    let (Some(folder), Some(map)) = (arguments.next(), arguments.next()) else {
        return Err("usage: load_dataset DATASET ID_MAP".into());
    };
    let (folder, map) = (Path::new(&folder), Path::new(&map));
    let settings = Settings::load(&Sources { environment: true, ..Sources::default() })?;
    Migrator::connect(&settings.database.url)?.run()?;
    let password = hashed_password(&settings, folder)?;
    let store = Arc::new(DieselStore::open(Options::new(settings.database.url.clone()))?);
    let port: Arc<dyn Store> = Arc::clone(&store) as _;

    let begun = Instant::now();
    let said = |what: &str| println!("{:6.1} s  {what}", begun.elapsed().as_secs_f32());
    let schools = people::load_schools(&port, folder)?;
    let users = people::load_users(&port, folder, &schools, &password)?;
    said("schools and users");
    let boards = boards::load_boards(&port, folder, &schools)?;
    let posts = boards::load_posts(&port, folder, &boards, &users)?;
    said("boards and posts");
    talk::load_comments(&port, folder, &posts, &users)?;
    talk::load_likes(&port, folder, &posts, &users)?;
    talk::load_scraps(&port, folder, &posts, &users)?;
    said("comments, likes and scraps");
    store.close();
    ids::write_map(
        map,
        [
            ("school_id", (&schools).into()),
            ("user_id", (&users).into()),
            ("board_id", (&boards.ids).into()),
            ("post_id", (&posts).into()),
        ],
    )
}

/// What is stored for everybody: the manifest's password, hashed as the server would.
fn hashed_password(settings: &Settings, folder: &Path) -> Result<PasswordHash, Box<dyn Error>> {
    let manifest: serde_json::Value = serde_json::from_slice(&std::fs::read(folder.join("manifest.json"))?)?;
    let password = manifest["password"].as_str().ok_or("the manifest has no password")?;
    let keys = Arc::new(KeyRing::open(&settings.auth.keys_file, &SystemEntropy)?);
    let costs = HasherSettings {
        bcrypt_cost: settings.auth.bcrypt_cost,
        pbkdf2_max_iterations: settings.auth.pbkdf2_max_iterations,
        test_mode: settings.mode == Mode::Test,
    };
    Ok(PasswordHasher::new(keys, costs)?.hash(&Password::new(password.to_owned()), SALT)?)
}
