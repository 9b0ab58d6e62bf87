//! The server as a process of its own, to be killed.

use crate::client::Client;
use crate::config::Config;
use std::io::{BufRead, BufReader, Error, ErrorKind, Result, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// The madang program in a data directory of its own.
pub struct Process {
    program: PathBuf,
    directory: PathBuf,
    environment: Vec<(String, String)>,
    child: Child,
    address: SocketAddr,
}

impl Process {
    /// Starts `program serve` in `directory`, which keeps its settings and its data.
    ///
    /// # Errors
    /// When it does not begin to listen.
    pub fn start(program: &Path, directory: &Path, config: &Config) -> Result<Self> {
        Self::start_within(program, directory, config, &[])
    }

    /// The same with these variables in its environment.
    ///
    /// # Errors
    /// When it does not begin to listen.
    pub fn start_within(
        program: &Path,
        directory: &Path,
        config: &Config,
        environment: &[(&str, &str)],
    ) -> Result<Self> {
        std::fs::write(directory.join("madang.toml"), config.to_toml())?;
        let environment: Vec<_> =
            environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let (child, address) = serve(command(program, directory, &environment))?;
        Ok(Self { program: program.to_owned(), directory: directory.to_owned(), environment, child, address })
    }

    /// A caller without credentials.
    pub fn client(&self) -> Client {
        Client::new(self.address)
    }

    /// Ends the process as a power cut would: nothing is flushed, nobody is told.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn kill(&mut self) -> Result<()> {
        self.child.kill()?;
        self.child.wait().map(drop)
    }

    /// Starts it again on the same data, on whatever port is free.
    ///
    /// # Errors
    /// When it does not begin to listen.
    pub fn start_again(&mut self) -> Result<()> {
        (self.child, self.address) = serve(command(&self.program, &self.directory, &self.environment))?;
        Ok(())
    }

    /// Runs another command of the program on the same data, with `input` as its standard input; what it printed.
    ///
    /// # Errors
    /// When it fails; the message is what it printed and said.
    pub fn run(&self, arguments: &[&str], input: &str) -> Result<String> {
        let mut child = command(&self.program, &self.directory, &self.environment)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            stdin.write_all(input.as_bytes())?;
        }
        let output = child.wait_with_output()?;
        if output.status.success() {
            Ok(String::from_utf8_lossy(&output.stdout).into_owned())
        } else {
            let said = [output.stdout, output.stderr].concat();
            Err(Error::other(String::from_utf8_lossy(&said).into_owned()))
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended already; there is nothing to do about either.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn command(program: &Path, directory: &Path, environment: &[(String, String)]) -> Command {
    let mut command = Command::new(program);
    // The settings file is read from the working directory; the environment of the tests says nothing to the server.
    command.current_dir(directory);
    let ours = |name: &str| name.starts_with("MADANG_") || name.starts_with("AWS_");
    for (name, _) in std::env::vars_os().filter(|(name, _)| ours(&name.to_string_lossy())) {
        command.env_remove(name);
    }
    command.envs(environment.iter().map(|(name, value)| (name, value)));
    command
}

fn serve(mut command: Command) -> Result<(Child, SocketAddr)> {
    let mut child = command
        .args(["serve", "--auto-migrate"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()?;
    let mut line = String::new();
    if let Some(stdout) = child.stdout.take() {
        BufReader::new(stdout).read_line(&mut line)?;
    }
    match line.trim().strip_prefix("listening on http://").map(str::parse) {
        Some(Ok(address)) => Ok((child, address)),
        _ => {
            // It has not come up; whatever it is doing, it is of no use.
            let _ = child.kill();
            let _ = child.wait();
            Err(Error::new(ErrorKind::InvalidData, format!("not the line of a listening server: {line:?}")))
        }
    }
}
