//! Makes the files of exports, and erases those that nobody may take any more.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use madang_domain::ctx::{Moment, Timestamp};
use madang_domain::exports::{ClaimedExport, ExportSection, ExportValue, claim_export, finish_export};
use madang_domain::store::{Store, StoreError};
use serde_json::{Map, Value};
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A file that is younger may be one whose row is about to be written.
const YOUNG: TimeDelta = TimeDelta::hours(1);

/// Makes every export that waits.
pub(super) async fn make(store: &Arc<dyn Store>, moment: &Moment, dir: &Path) {
    loop {
        match make_one(store, moment, dir).await {
            Ok(true) => {}
            Ok(false) => return,
            Err(error) => {
                tracing::warn!(error = &error as &dyn std::error::Error, "an export could not be made");
                return;
            }
        }
    }
}

/// Makes the next export; whether there was one.
async fn make_one(store: &Arc<dyn Store>, moment: &Moment, dir: &Path) -> Result<bool, StoreError> {
    let claiming = moment.clone();
    let claimed = store.write::<_, StoreError, _>(move |uow| claim_export(uow, &claiming)).await?;
    let Some(ClaimedExport { export, sections }) = claimed else { return Ok(false) };
    let name = format!("{}.zip", hex(moment.random::<16>()));
    let path = dir.join(&name);
    let directory = dir.to_owned();
    let written = tokio::task::spawn_blocking(move || write(&directory, &path, &sections)).await;
    let made = match written.map_err(io::Error::other).and_then(|written| written) {
        Ok(bytes) => Some((name, bytes)),
        Err(error) => {
            tracing::warn!(%error, "the file of an export could not be written");
            None
        }
    };
    let moment = moment.clone();
    store.write(move |uow| finish_export(uow, &moment, &export, made.clone())).await?;
    Ok(true)
}

/// Erases the files that no row names: expired ones, and those of people who are gone.
pub(super) async fn sweep(store: &Arc<dyn Store>, moment: &Moment, dir: &Path) {
    let now = moment.now;
    let named: Result<Vec<String>, StoreError> = store.read(move |uow| uow.exports().list_files(now)).await;
    let swept = named.map_err(io::Error::other).and_then(|named| remove_others(dir, &named, now));
    if let Err(error) = swept {
        tracing::warn!(%error, "the files of old exports could not be erased");
    }
}

fn remove_others(dir: &Path, named: &[String], now: Timestamp) -> io::Result<()> {
    let entries = match fs::read_dir(dir) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name();
        if named.iter().any(|kept| name == kept.as_str()) {
            continue;
        }
        let written: DateTime<Utc> = entry.metadata()?.modified()?.into();
        if now - written > YOUNG {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Writes the file for its owner's eyes alone, under another name until it is whole; answers its length.
fn write(dir: &Path, path: &Path, sections: &[ExportSection]) -> io::Result<i64> {
    fs::create_dir_all(dir)?;
    let part = path.with_extension("part");
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut archive = ZipWriter::new(options.open(&part)?);
    let compressed = SimpleFileOptions::default();
    for section in sections {
        archive.start_file(format!("{}.json", section.name), compressed)?;
        let records: Vec<Value> = section.records.iter().map(|fields| record(fields)).collect();
        serde_json::to_writer_pretty(&mut archive, &records)?;
        archive.write_all(b"\n")?;
    }
    let file = archive.finish()?;
    file.sync_all()?;
    let bytes = file.metadata()?.len();
    fs::rename(&part, path)?;
    i64::try_from(bytes).map_err(io::Error::other)
}

fn record(fields: &[(&'static str, ExportValue)]) -> Value {
    let pairs = fields.iter().map(|(name, value)| {
        let value = match value {
            ExportValue::Nothing => Value::Null,
            ExportValue::Text(text) => Value::from(text.as_str()),
            ExportValue::Whole(number) => Value::from(*number),
            ExportValue::Truth(truth) => Value::from(*truth),
            ExportValue::Instant(at) => Value::from(at.to_rfc3339_opts(SecondsFormat::Micros, true)),
        };
        ((*name).to_owned(), value)
    });
    Value::Object(pairs.collect::<Map<_, _>>())
}

fn hex(bytes: [u8; 16]) -> String {
    format!("{:032x}", u128::from_be_bytes(bytes))
}
