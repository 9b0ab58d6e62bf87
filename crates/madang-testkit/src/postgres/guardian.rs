//! Stops a cluster when nobody uses it any more, however its users ended.

use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

/// Each test process holds a shared lock on `use.lock` as long as it lives; the kernel lets go of it even when the process
/// is killed. The guardian, a shell in a process group of its own, waits until the lock has been free for a while,
/// takes it for itself, stops the server and removes the folder.
const SCRIPT: &str = r#"
folder=$1 rounds=$2; shift 2
exec 8>>"$folder/guard.lock"
flock -n -x 8 || exit 0
while [ -d "$folder" ]; do
    free=0
    while [ "$free" -lt "$rounds" ] && [ -d "$folder" ]; do
        sleep 2
        if flock -n -x "$folder/use.lock" true; then free=$((free + 1)); else free=0; fi
    done
    exec 9>>"$folder/use.lock" || exit 0
    if flock -n -x 9; then
        "$@" 8>&- 9>&- >/dev/null 2>&1
        rm -rf "$folder/data" "$folder/s" "$folder/log"
        exit 0
    fi
    exec 9>&-
done
"#;

/// Starts the guardian of `folder` unless there is one. It looks every two seconds and runs `stop` when the cluster was
/// unused `rounds` times in a row.
pub(crate) fn watch(folder: &Path, rounds: u32, stop: &Command) -> Result<(), String> {
    let mut guardian = Command::new("sh");
    guardian.arg("-c").arg(SCRIPT).arg("madang-test-guardian").arg(folder).arg(rounds.to_string());
    guardian.arg(stop.get_program()).args(stop.get_args());
    // Signals for the tests' group are not for the guardian, and it must not hold their output open.
    guardian.process_group(0).current_dir("/");
    guardian.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    guardian.spawn().map(drop).map_err(|error| format!("the guardian does not start: {error}"))
}
