//! Programs in Python that tests meet: a real Django site, a real mail server, a real S3 server.

use std::process::{Command, Stdio};

/// A Python that has `modules`: `MADANG_TEST_PYTHON`, else the one on the path. `None`, with a line that says so, where
/// there is none; with `MADANG_REQUIRE_PYTHON` that is a failure.
pub fn python(modules: &str) -> Option<String> {
    let program = std::env::var("MADANG_TEST_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let mut asked = Command::new(&program);
    let asked = asked.args(["-c", &format!("import {modules}")]).stderr(Stdio::null()).status();
    if asked.is_ok_and(|status| status.success()) {
        return Some(program);
    }
    let required = std::env::var_os("MADANG_REQUIRE_PYTHON").is_some();
    assert!(!required, "{program} has no {modules}; install .ci/requirements.txt");
    eprintln!("left out: {program} has no {modules} (see .ci/requirements.txt)");
    None
}
