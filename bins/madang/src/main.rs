//! The `madang` command. All it does is in the library, so that other programs can start a server of their own.

use clap::Parser;
use madang::cli::Cli;
use madang::output;
use std::process::ExitCode;

fn main() -> ExitCode {
    match Cli::parse().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            output::note(&format!("madang: {failure}"));
            failure.exit_code()
        }
    }
}
