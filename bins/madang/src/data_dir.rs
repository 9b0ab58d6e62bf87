//! The data directory, and the lock that keeps a SQLite file to one process.

use crate::failure::Failure;
use crate::settings::Settings;
use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// Makes the data directory when it is missing, for its owner alone.
pub(crate) fn prepare(dir: &Path) -> Result<(), Failure> {
    if dir.is_dir() {
        return Ok(());
    }
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(dir).map_err(|error| {
        let shown = dir.display();
        Failure::Misused(format!(
            "setting data_dir: {shown} cannot be made ({error}); name a directory that can be written"
        ))
    })
}

/// Held by the one process that owns a SQLite file; given back when dropped or when the process ends, however it ends.
#[derive(Debug)]
pub(crate) struct DataLock {
    file: Option<File>,
}

impl DataLock {
    /// Takes the lock of the SQLite file that `settings` name, for `command`. On PostgreSQL there is nothing to lock.
    ///
    /// # Errors
    /// When another process holds it; the sentence says which.
    pub(crate) fn take(settings: &Settings, command: &str) -> Result<Self, Failure> {
        let Some(path) = path(settings) else { return Ok(Self { file: None }) };
        let failed = |error: io::Error| Failure::because(&format!("the lock {}", path.display()), &error);
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&path).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                // The holder writes its name right after it has the lock; an empty file is one that has just begun.
                let _ = file.read_to_string(&mut holder);
                let holder = holder.lines().next().unwrap_or("another process");
                return Err(Failure::new(format!(
                    "{holder} holds the data in {}; stop it first, or use another --data-dir",
                    settings.data_dir.display()
                )));
            }
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
        let holder = format!("process {} (madang {command})\n", std::process::id());
        file.set_len(0)
            .and_then(|()| file.rewind())
            .and_then(|()| file.write_all(holder.as_bytes()))
            .map_err(failed)?;
        Ok(Self { file: Some(file) })
    }

    /// Writes where the holder listens, for commands beside it.
    pub(crate) fn announce(&mut self, addr: SocketAddr) -> io::Result<()> {
        match &mut self.file {
            Some(file) => writeln!(file, "{addr}"),
            None => Ok(()),
        }
    }
}

/// The port that the server listens on which holds the data, if one does.
pub(crate) fn port_of_holder(settings: &Settings) -> Option<u16> {
    let text = fs::read_to_string(path(settings)?).ok()?;
    text.lines().nth(1)?.parse::<SocketAddr>().ok().map(|addr| addr.port())
}

/// `lock` in the data directory, or beside a SQLite file that lies elsewhere.
fn path(settings: &Settings) -> Option<PathBuf> {
    let file = Path::new(settings.database.sqlite_file()?);
    let folder = file.parent().unwrap_or(Path::new(""));
    if same(folder, &settings.data_dir) {
        return Some(settings.data_dir.join("lock"));
    }
    let mut name = file.file_name()?.to_owned();
    name.push(".lock");
    Some(file.with_file_name(name))
}

fn same(a: &Path, b: &Path) -> bool {
    a == b || matches!((fs::canonicalize(a), fs::canonicalize(b)), (Ok(a), Ok(b)) if a == b)
}
