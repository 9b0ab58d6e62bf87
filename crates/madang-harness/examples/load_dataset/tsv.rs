//! The files of the dataset: COPY text format with a header line, `\N` for no value, no escapes in values.

use chrono::{DateTime, Utc};
use std::collections::HashMap;
use std::error::Error;
use std::path::Path;
use std::str::FromStr;

/// What the format writes for no value.
const NULL: &str = r"\N";

/// One file, read whole.
pub(crate) struct Table {
    name: &'static str,
    columns: HashMap<String, usize>,
    lines: Vec<String>,
}

/// One line of a table.
pub(crate) struct Row<'a> {
    table: &'a Table,
    values: Vec<&'a str>,
}

impl Table {
    /// Reads `<folder>/<name>.tsv`.
    pub(crate) fn read(folder: &Path, name: &'static str) -> Result<Self, Box<dyn Error>> {
        let path = folder.join(name).with_extension("tsv");
        let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let mut lines = text.lines().map(str::to_owned);
        let header = lines.next().unwrap_or_default();
        let columns = header.split('\t').map(str::to_owned).zip(0..).collect();
        Ok(Self { name, columns, lines: lines.collect() })
    }

    /// The rows in the order of the file, which is that of their numbers.
    pub(crate) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.lines.iter().map(|line| Row { table: self, values: line.split('\t').collect() })
    }
}

impl<'a> Row<'a> {
    /// The text of a column.
    pub(crate) fn text(&self, column: &str) -> Result<&'a str, Box<dyn Error>> {
        let value = self.table.columns.get(column).and_then(|n| self.values.get(*n));
        value.copied().ok_or_else(|| format!("{}.tsv has a row without {column}", self.table.name).into())
    }

    /// A number, such as an id of the dataset.
    pub(crate) fn number(&self, column: &str) -> Result<u64, Box<dyn Error>> {
        let text = self.text(column)?;
        u64::from_str(text)
            .map_err(|error| format!("{}.tsv: {column} {text:?}: {error}", self.table.name).into())
    }

    /// A number that may be missing.
    pub(crate) fn number_if_any(&self, column: &str) -> Result<Option<u64>, Box<dyn Error>> {
        if self.text(column)? == NULL { Ok(None) } else { self.number(column).map(Some) }
    }

    /// An instant.
    pub(crate) fn instant(&self, column: &str) -> Result<DateTime<Utc>, Box<dyn Error>> {
        Ok(DateTime::parse_from_rfc3339(self.text(column)?)?.to_utc())
    }

    /// An instant that may be missing.
    pub(crate) fn instant_if_any(&self, column: &str) -> Result<Option<DateTime<Utc>>, Box<dyn Error>> {
        if self.text(column)? == NULL { Ok(None) } else { self.instant(column).map(Some) }
    }
}
