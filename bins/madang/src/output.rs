//! Standard output, the contract of the command line, and standard error, for people. Nothing else writes to them.

use crate::failure::Failure;
use std::io::{self, ErrorKind, Write};

/// Writes `text` to standard output as it is. A reader that has gone is no failure.
pub fn text(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::because("standard output", &error))
        }
        _ => Ok(()),
    }
}

/// Writes `line` and a line break to standard output.
pub fn line(line: &str) -> Result<(), Failure> {
    text(&format!("{line}\n"))
}

/// Writes `line` to standard error, which may be gone.
pub fn note(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}
