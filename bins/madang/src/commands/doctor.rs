//! `madang doctor`.

use crate::app;
use crate::cli::Global;
use crate::data_dir::{self, DataLock};
use crate::failure::Failure;
use crate::output;
use crate::settings::{MailTransport, Settings};
use crate::world::World;
use clap::Args;
use madang_domain::counters::{Counter, WrongCounter, repair_counters};
use madang_domain::ids::BlobId;
use madang_domain::media::{GalleryError, Variant};
use madang_domain::outbox::DeadLetter;
use madang_domain::search::{SearchIndexState, rebuild_search_index};
use madang_domain::store::{Store, StoreError};
use madang_persistence::integrity;
use madang_persistence::migrate::Migrator;
use std::collections::BTreeSet;
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;

/// Look for what is wrong, and say what to do about it.
#[derive(Debug, Args)]
pub(crate) struct Doctor {
    /// Mend what can be mended: counters that are wrong, and a search index that is not whole.
    #[arg(long)]
    repair: bool,
}

/// One finding, or none.
type Check = Result<(), String>;

/// How many wrong counters of a kind are dealt with at once.
const COUNTERS: usize = 1000;

/// How many dead letters are counted at most.
const DEAD_LETTERS: usize = 100;

impl Doctor {
    /// Runs the command: a sentence for each check, and a failure when there are findings.
    pub(crate) fn run(self, global: &Global) -> Result<(), Failure> {
        let settings = global.settings()?;
        // What is mended is written, and a SQLite file belongs to one process.
        let is_alone = self.repair && is_missing(&settings).is_none();
        let _lock = is_alone.then(|| DataLock::take(&settings, "doctor --repair")).transpose()?;
        let mut findings = 0;
        let mut report = |name: &str, check: Check| {
            let line = match &check {
                Ok(()) => format!("ok    {name}"),
                Err(finding) => format!("wrong {name}: {finding}"),
            };
            findings += usize::from(check.is_err());
            output::line(&line)
        };
        report("settings", Ok(()))?;
        report("directory", directory(&settings.data_dir))?;
        report("keys", keys(&settings))?;
        report("port", port(&settings))?;
        report("database", database(&settings))?;
        report("locale", locale(&settings))?;
        let damage = damage(&settings);
        // In a damaged file a repair would only spread what is wrong.
        let repair = self.repair && damage.is_ok();
        report(of_integrity(&settings), damage)?;
        report("migrations", migrations(&settings))?;
        report("mail", mail(&settings))?;
        report("search", search(&settings, repair))?;
        report("counters", counters(&settings, repair))?;
        report("pictures", pictures(&settings))?;
        match findings {
            0 => Ok(()),
            1 => Err(Failure::new("there is one finding")),
            n => Err(Failure::new(format!("there are {n} findings"))),
        }
    }
}

fn directory(dir: &Path) -> Check {
    let shown = dir.display();
    let about = std::fs::metadata(dir)
        .map_err(|_| format!("{shown} does not exist; madang serve makes it at its first start"))?;
    if about.permissions().readonly() {
        return Err(format!("{shown} cannot be written; give it to the user that runs madang"));
    }
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::mode(&about.permissions()) & 0o777;
        if mode & 0o077 != 0 {
            return Err(format!("others can look into {shown} (mode {mode:o}); run chmod 700 {shown}"));
        }
    }
    Ok(())
}

fn keys(settings: &Settings) -> Check {
    let file = &settings.auth.keys_file;
    if !file.exists() {
        return Err(format!("{} does not exist; madang serve makes it at its first start", file.display()));
    }
    madang_auth::keys::read(file).map(drop).map_err(|error| error.to_string())
}

fn port(settings: &Settings) -> Check {
    let bind = settings.http.bind;
    let ours = data_dir::port_of_holder(settings) == Some(bind.port());
    match TcpListener::bind(bind) {
        Err(_) if ours => Ok(()),
        Err(error) => Err(format!("cannot listen on {bind} ({error}); choose another http.bind")),
        Ok(_) => Ok(()),
    }
}

/// Whether the database would have to be made first, which looking must not do.
fn is_missing(settings: &Settings) -> Option<String> {
    let file = settings.database.sqlite_file()?;
    let missing = !Path::new(file).exists();
    missing.then(|| format!("{file} does not exist; madang serve makes it at its first start"))
}

fn database(settings: &Settings) -> Check {
    match is_missing(settings) {
        Some(finding) => Err(finding),
        None => Migrator::connect(&settings.database.url)
            .map(drop)
            .map_err(|error| format!("{error}; start it, or correct database.url")),
    }
}

fn locale(settings: &Settings) -> Check {
    if database(settings).is_err() {
        return Ok(());
    }
    match integrity::list_unfit(&settings.database.direct_url) {
        Ok(unfit) if unfit.is_empty() => Ok(()),
        Ok(unfit) => Err(unfit.join("; ")),
        Err(error) => Err(error.to_string()),
    }
}

/// What the check of the integrity is called: on PostgreSQL it says how far it goes.
fn of_integrity(settings: &Settings) -> &'static str {
    if settings.database.url.is_sqlite() {
        "integrity"
    } else {
        "integrity (what PostgreSQL has noticed itself; pg_amcheck looks at every page)"
    }
}

fn damage(settings: &Settings) -> Check {
    if is_missing(settings).is_some() {
        return Ok(());
    }
    let remedy = "stop the server and bring the database back from a backup";
    match integrity::list_damage(&settings.database.direct_url) {
        Ok(damage) => match damage.as_slice() {
            [] => Ok(()),
            [only] => Err(format!("{}; {remedy}", in_one_line(only))),
            [first, more @ ..] => Err(format!("{}, and {} more; {remedy}", in_one_line(first), more.len())),
        },
        Err(_) if database(settings).is_err() => Ok(()),
        Err(error) => Err(format!("{error}; if it still does when nothing else runs, {remedy}")),
    }
}

/// SQLite tells of a page in several lines.
fn in_one_line(text: &str) -> String {
    text.lines().collect::<Vec<_>>().join(" ")
}

fn migrations(settings: &Settings) -> Check {
    if is_missing(settings).is_some() {
        return Err("there is no database yet".to_owned());
    }
    let pending = Migrator::connect(&settings.database.direct_url)
        .and_then(|mut migrator| migrator.pending())
        .map_err(|error| error.to_string())?;
    if pending.is_empty() {
        Ok(())
    } else {
        Err(format!("pending: {}; run madang migrate", pending.join(", ")))
    }
}

fn search(settings: &Settings, repair: bool) -> Check {
    if migrations(settings).is_err() {
        return Ok(());
    }
    let store = app::open(settings, &World::real()).map_err(|error| error.to_string())?;
    let store: Arc<dyn Store> = Arc::new(store);
    let checked: Result<SearchIndexState, StoreError> = store.read_blocking(|uow| uow.search_index().check());
    let state = checked.map_err(|error| error.to_string())?;
    if state.is_whole() {
        return Ok(());
    }
    if repair {
        let posts = rebuild_search_index(&store).map_err(|error| error.to_string())?;
        return output::line(&format!("made the search index of {posts} posts anew"))
            .map_err(|failure| failure.to_string());
    }
    let SearchIndexState { missing, stale, damaged } = state;
    let damage = if damaged { ", and it is damaged" } else { "" };
    Err(format!(
        "the index lacks {missing} posts and has {stale} too many{damage}; run madang doctor --repair"
    ))
}

fn mail(settings: &Settings) -> Check {
    if migrations(settings).is_err() {
        return Ok(());
    }
    let store = app::open(settings, &World::real()).map_err(|error| error.to_string())?;
    let store: Arc<dyn Store> = Arc::new(store);
    let dead = store.read_blocking::<_, StoreError, _>(|uow| uow.outbox().list_dead(DEAD_LETTERS));
    let dead = dead.map_err(|error| error.to_string())?;
    let Some(newest) = dead.first() else { return Ok(()) };
    let many = if dead.len() == 1 { "one mail was".to_owned() } else { format!("{} mails were", dead.len()) };
    let remedy = match &settings.mail.transport {
        MailTransport::File(directory) => format!("look at {}", directory.display()),
        MailTransport::Smtp(_) => "check mail.smtp_url".to_owned(),
    };
    let DeadLetter { kind, failure, dead_at, .. } = newest;
    Err(format!("{many} given up, the last ({kind}) at {dead_at} because {failure}; {remedy}"))
}

/// Compares the files of pictures with their rows, variant by variant. Files without a row are what an upload leaves that
/// breaks off.
fn pictures(settings: &Settings) -> Check {
    if migrations(settings).is_err() {
        return Ok(());
    }
    let store = app::open(settings, &World::real()).map_err(|error| error.to_string())?;
    let gallery = app::gallery(settings).map_err(|error| error.to_string())?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    let files = runtime.block_on(gallery.list()).map_err(|error| unreachable(&error))?;
    let files: BTreeSet<_> = files.into_iter().collect();
    let store: Arc<dyn Store> = Arc::new(store);
    let rows: Result<Vec<_>, StoreError> = store.read_blocking(|uow| uow.media().list_blobs());
    let rows = rows.map_err(|error| error.to_string())?.into_iter();
    let rows: BTreeSet<_> = rows.flat_map(|blob| Variant::ALL.map(|variant| (blob, variant))).collect();
    // A picture counts once, however many of its variants there are.
    let pictures = |pairs: BTreeSet<&(BlobId, Variant)>| {
        pairs.into_iter().map(|(blob, _)| blob).collect::<BTreeSet<_>>().len()
    };
    let orphaned = pictures(files.difference(&rows).collect());
    let missing = pictures(rows.difference(&files).collect());
    if orphaned + missing == 0 {
        return Ok(());
    }
    Err(format!(
        "{orphaned} pictures have files without a row, {missing} a row without files, or without one of them; \
         bring media.store and the database back from the same backup, or delete the files without a row"
    ))
}

fn unreachable(error: &GalleryError) -> String {
    let why = Failure::because("media.store", error);
    format!("{why}; check that it is there and answers, and for a bucket the AWS_… variables")
}

/// Looks at one kind of counters after the other (CNT-3); what is repaired is no finding any more.
fn counters(settings: &Settings, repair: bool) -> Check {
    if migrations(settings).is_err() {
        return Ok(());
    }
    let store = app::open(settings, &World::real()).map_err(|error| error.to_string())?;
    let store: Arc<dyn Store> = Arc::new(store);
    let mut findings = Vec::new();
    for counter in Counter::ALL {
        loop {
            let wrong: Result<Vec<WrongCounter>, StoreError> =
                store.read_blocking(move |uow| uow.counters().list_wrong(counter, COUNTERS));
            let wrong = wrong.map_err(|error| error.to_string())?;
            let Some(first) = wrong.first().copied() else { break };
            if !repair {
                let many = if wrong.len() == COUNTERS { "at least " } else { "" };
                findings.push(format!(
                    "{many}{} of {} (of {}: {}, counted {})",
                    wrong.len(),
                    counter.as_str(),
                    first.id,
                    first.stored,
                    first.counted
                ));
                break;
            }
            let repaired: Result<(), StoreError> =
                store.write_blocking(move |uow| repair_counters(uow, &wrong));
            repaired.map_err(|error| error.to_string())?;
        }
    }
    if findings.is_empty() {
        return Ok(());
    }
    Err(format!("{}; run madang doctor --repair", findings.join(", ")))
}
