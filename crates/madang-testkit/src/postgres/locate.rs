//! Where PostgreSQL's programs are, and as whom they may run.

use std::path::PathBuf;
use std::process::Command;

/// The folder of `initdb` and `pg_ctl`: on the path, or where Debian keeps them (the newest).
pub(crate) fn programs() -> Result<PathBuf, String> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let mut versions: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .collect();
    versions.sort();
    folders.extend(versions.into_iter().rev().map(|(_, folder)| folder));
    let found =
        folders.into_iter().find(|folder| ["initdb", "pg_ctl"].iter().all(|name| folder.join(name).exists()));
    found.ok_or_else(|| "initdb and pg_ctl are not on this machine".to_owned())
}

/// The number of this process's user.
pub(crate) fn user() -> Result<u32, String> {
    id(&["-u"])
}

/// A user without rights, as whom a root runs the server, which refuses root: name and number.
pub(crate) fn servant() -> Result<(&'static str, u32), String> {
    let found = ["postgres", "nobody"].into_iter().find_map(|name| Some((name, id(&["-u", name]).ok()?)));
    found.ok_or_else(|| "there is no user but root to run the server as".to_owned())
}

fn id(arguments: &[&str]) -> Result<u32, String> {
    let output = Command::new("id").args(arguments).output().map_err(|error| format!("id: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    text.trim().parse().map_err(|_| format!("id {arguments:?} answered nothing"))
}
