//! Many rows in one bound value, for SQLite, which has no arrays: the statement is the same however many there are.

use std::fmt::{Display, Write};

/// The rows as a JSON array of arrays, to be read by `json_each`. The first value is letters, digits and spaces.
pub(crate) fn json_rows<T: Display>(rows: impl Iterator<Item = (String, T)>) -> String {
    let mut text = String::from("[");
    for (n, (first, second)) in rows.enumerate() {
        let comma = if n == 0 { "" } else { "," };
        // A String never refuses what is written to it.
        let _ = write!(text, "{comma}[\"{first}\",{second}]");
    }
    text.push(']');
    text
}
