//! `madang openapi`.

use crate::failure::Failure;
use crate::output;

/// Prints the document that `/openapi.json` serves. Needs neither settings nor a database.
pub(crate) fn run() -> Result<(), Failure> {
    output::text(&madang_http::openapi::json())
}
