//! A throw-away cluster in a temporary folder.

use super::{guardian, locate};
use std::fs::{self, File, OpenOptions};
use std::os::unix::fs::chown;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// A PostgreSQL server without durability, reachable through a socket in its folder only.
pub struct Cluster {
    folder: PathBuf,
    programs: PathBuf,
    /// As whom the server runs when this process is root's.
    servant: Option<(&'static str, u32)>,
    /// Tells the guardian that the cluster is in use.
    _in_use: File,
    own: bool,
}

/// Speed instead of durability, room for several test processes, and Korean text in any locale.
const SETTINGS: &str = "
listen_addresses = ''
fsync = off
full_page_writes = off
autovacuum = off
max_connections = 300
shared_buffers = 64MB
logging_collector = off
";

/// Guardian's rounds without use: half a minute for the shared cluster, between two runs of the tests.
const SHARED_ROUNDS: u32 = 15;
const OWN_ROUNDS: u32 = 1;

impl Cluster {
    /// The cluster that all test processes of this user share. The first starts it; it ends with the last.
    pub(crate) fn shared() -> Result<&'static Self, String> {
        static SHARED: OnceLock<Result<Cluster, String>> = OnceLock::new();
        let start = || Self::in_folder(&format!("madang-pg-{}", locate::user()?), SHARED_ROUNDS, false);
        SHARED.get_or_init(start).as_ref().map_err(Clone::clone)
    }

    /// A cluster of one test, which may stop and start it; it ends when this is dropped. `None` where the machine has no
    /// PostgreSQL.
    pub fn own() -> Option<Self> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        locate::programs().ok()?;
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("madang-pg-own-{}-{number}", std::process::id());
        Some(Self::in_folder(&name, OWN_ROUNDS, true).expect("a cluster of its own"))
    }

    fn in_folder(name: &str, rounds: u32, own: bool) -> Result<Self, String> {
        let programs = locate::programs()?;
        let servant = if locate::user()? == 0 { Some(locate::servant()?) } else { None };
        // Not the usual temporary folder, whose path may be too long for a socket.
        let folder = Path::new("/tmp").join(name);
        fs::create_dir_all(&folder).map_err(said("the cluster's folder"))?;
        let start = lock_file(&folder, "start.lock")?;
        start.lock().map_err(said("start.lock"))?;
        let in_use = lock_file(&folder, "use.lock")?;
        in_use.lock_shared().map_err(said("use.lock"))?;
        let cluster = Self { folder, programs, servant, _in_use: in_use, own };
        if !cluster.is_running() {
            cluster.make()?;
            cluster.launch()?;
        }
        if lock_file(&cluster.folder, "guard.lock")?.try_lock().is_ok() {
            guardian::watch(&cluster.folder, rounds, &cluster.pg_ctl(&["-m", "immediate", "stop"]))?;
        }
        Ok(cluster)
    }

    /// The URL of `database`.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://madang@/{database}?host={}", self.folder.join("s").display())
    }

    /// Stops the server at once, as a crash would.
    pub fn stop(&self) {
        run(self.pg_ctl(&["-m", "immediate", "-w", "stop"])).expect("the server stops");
    }

    /// Starts it again on the same data.
    pub fn start(&self) {
        self.launch().expect("the server starts");
    }

    fn is_running(&self) -> bool {
        run(self.pg_ctl(&["status"])).is_ok()
    }

    /// Makes an empty cluster, in place of what a killed run has left.
    fn make(&self) -> Result<(), String> {
        for name in ["data", "s"] {
            let folder = self.folder.join(name);
            let _ = fs::remove_dir_all(&folder);
            fs::create_dir_all(&folder).map_err(said("the cluster's folder"))?;
            if let Some((_, number)) = self.servant {
                chown(&folder, Some(number), None).map_err(said("the cluster's owner"))?;
            }
        }
        let _ = fs::remove_file(self.log());
        let mut initdb = self.command("initdb");
        initdb.args([
            "--no-sync",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--username=madang",
            "--pgdata",
        ]);
        initdb.arg(self.data());
        run(initdb)?;
        let settings = format!("{SETTINGS}unix_socket_directories = '{}'\n", self.folder.join("s").display());
        let path = self.data().join("postgresql.auto.conf");
        fs::write(path, settings).map_err(said("the cluster's settings"))
    }

    fn launch(&self) -> Result<(), String> {
        run(self.pg_ctl(&["-w", "-t", "30", "start"]))
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn log(&self) -> PathBuf {
        self.folder.join("s").join("log")
    }

    fn pg_ctl(&self, arguments: &[&str]) -> Command {
        let mut command = self.command("pg_ctl");
        command.arg("-D").arg(self.data()).arg("-l").arg(self.log()).args(arguments);
        command
    }

    /// A program of PostgreSQL's as a user whom it accepts.
    fn command(&self, program: &str) -> Command {
        let path = self.programs.join(program);
        let mut command = match self.servant {
            Some((name, _)) => {
                let mut command = Command::new("runuser");
                command.args(["-u", name, "--"]).arg(path);
                command
            }
            None => Command::new(path),
        };
        command.current_dir("/");
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if self.own {
            let _ = run(self.pg_ctl(&["-m", "immediate", "-w", "stop"]));
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

fn lock_file(folder: &Path, name: &str) -> Result<File, String> {
    let path = folder.join(name);
    OpenOptions::new().create(true).append(true).open(path).map_err(said("the cluster's lock"))
}

fn said(what: &'static str) -> impl Fn(std::io::Error) -> String {
    move |error| format!("{what}: {error}")
}

/// Runs `command` to its end. Its output is not read through a pipe, because the server would inherit that.
fn run(mut command: Command) -> Result<(), String> {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{command:?} ended with {status}")),
        Err(error) => Err(format!("{command:?} does not start: {error}")),
    }
}
