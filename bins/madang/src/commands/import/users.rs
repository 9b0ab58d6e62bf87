//! `madang import users`.

use super::row::{Judge, Read, sentence};
use crate::cli::Global;
use crate::failure::Failure;
use crate::local::Local;
use crate::output;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use madang_auth::login_keys::LoginKeys;
use madang_domain::accounts::{ImportUser, ImportUserError, ImportedUser, import_user};
use madang_domain::audit::{AuditAction, AuditEntry};
use madang_domain::ctx::Moment;
use madang_domain::store::{StoreError, UnitOfWork};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Take over users of a Django site.
#[derive(Debug, Args)]
pub(crate) struct Users {
    /// One JSON object a line: username, email, password (as Django stored it), nickname, school (the name of one that is
    /// here), joined (an instant), and, if known, admission_year
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Say what would happen, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Take the addresses as proven, and the enrolment with those of the school's domains
    #[arg(long)]
    proven_emails: bool,
}

/// The rows of a file.
#[derive(Default)]
struct Rows {
    /// With the number of the line, from 1.
    users: Vec<(usize, ImportUser)>,
    needs_reset: usize,
    /// What is wrong, with the number of the line.
    wrong: Vec<(usize, String)>,
}

/// What came of a run.
#[derive(Default)]
struct Tally {
    added: usize,
    already_there: usize,
    wrong: Vec<(usize, String)>,
}

/// Why a run wrote nothing.
enum NotWritten {
    /// It was a dry run, or rows are wrong.
    Judged(Tally),
    Store(StoreError),
}

impl From<StoreError> for NotWritten {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl Users {
    /// Runs the command: all rows are taken over, or none.
    pub(crate) fn run(self, global: &Global) -> Result<(), Failure> {
        let settings = global.settings()?;
        let local = Local::alone(settings, "import users")?;
        let rows = self.read(&local)?;
        let (needs_reset, wrong) = (rows.needs_reset, rows.wrong);
        let (moment, bar) = (local.moment(), progress(rows.users.len()));
        let (users, shown, dry_run) = (Arc::new(rows.users), bar.clone(), self.dry_run || !wrong.is_empty());
        let done = local.store().write_blocking(move |uow| {
            shown.set_position(0);
            let tally = import(uow, &moment, &users, &shown)?;
            if dry_run || !tally.wrong.is_empty() { Err(NotWritten::Judged(tally)) } else { Ok(tally) }
        });
        bar.finish_and_clear();
        let mut tally = match done {
            Ok(tally) | Err(NotWritten::Judged(tally)) => tally,
            Err(NotWritten::Store(error)) => return Err(error.into()),
        };
        tally.wrong.extend(wrong);
        self.tell(tally, needs_reset)
    }

    fn read(&self, local: &Local) -> Result<Rows, Failure> {
        let shown = self.file.display();
        let opened = File::open(&self.file);
        let file = opened.map_err(|error| Failure::because(&format!("{shown}"), &error))?;
        let keys = LoginKeys::new(Arc::clone(&local.keys));
        let judge = Judge {
            accounts: &local.settings.policy.accounts,
            keys: &keys,
            proven: self.proven_emails,
            max_rounds: local.settings.auth.pbkdf2_max_iterations,
        };
        read(BufReader::new(file), &judge, &self.file)
    }

    fn tell(&self, tally: Tally, needs_reset: usize) -> Result<(), Failure> {
        let Tally { added, already_there, mut wrong } = tally;
        wrong.sort();
        for (number, sentence) in &wrong {
            output::note(&format!("row {number}: {sentence}"));
        }
        if !wrong.is_empty() {
            let rows = wrong.chunk_by(|one, next| one.0 == next.0).count();
            let rows = if rows == 1 { "one row is".to_owned() } else { format!("{rows} rows are") };
            return Err(Failure::new(format!("{rows} wrong; nothing was written")));
        }
        let verb = if self.dry_run { "would be added" } else { "added" };
        output::line(&format!("{added} {verb}, {already_there} already there"))?;
        if needs_reset > 0 {
            output::note(&format!("{needs_reset} have no usable password and choose one by mail"));
        }
        Ok(())
    }
}

fn read(file: impl BufRead, judge: &Judge<'_>, path: &Path) -> Result<Rows, Failure> {
    let mut rows = Rows::default();
    for (index, line) in file.split(b'\n').enumerate() {
        let line = line.map_err(|error| Failure::because(&path.display().to_string(), &error))?;
        let line = line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&line).trim_ascii();
        let number = index + 1;
        if line.is_empty() {
            continue;
        }
        match judge.read(line) {
            Ok(Read { user, needs_reset }) => {
                rows.needs_reset += usize::from(needs_reset);
                rows.users.push((number, user));
            }
            Err(wrong) => rows.wrong.extend(wrong.into_iter().map(|sentence| (number, sentence))),
        }
    }
    Ok(rows)
}

fn import(
    uow: &mut dyn UnitOfWork,
    moment: &Moment,
    users: &[(usize, ImportUser)],
    bar: &ProgressBar,
) -> Result<Tally, StoreError> {
    let mut tally = Tally::default();
    for (number, user) in users {
        match import_user(uow, moment, user) {
            Ok(ImportedUser::Added) => tally.added += 1,
            Ok(ImportedUser::AlreadyThere) => tally.already_there += 1,
            Err(ImportUserError::Refused(fields)) => {
                let wrong = fields.into_iter().map(|(name, error)| (*number, sentence(name, error)));
                tally.wrong.extend(wrong);
            }
            Err(ImportUserError::Store(error)) => return Err(error),
        }
        bar.inc(1);
    }
    if tally.added > 0 {
        let entry = AuditEntry::new(moment, AuditAction::UsersImported);
        uow.audit().add_event(&entry.detail(format!("{} users", tally.added)))?;
    }
    Ok(tally)
}

/// A bar on standard error, where that is a terminal.
fn progress(rows: usize) -> ProgressBar {
    let bar = ProgressBar::new(u64::try_from(rows).unwrap_or(u64::MAX));
    match ProgressStyle::with_template("{wide_bar} {pos}/{len} {eta}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
