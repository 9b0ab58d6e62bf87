//! `madang man`.

use crate::cli::Cli;
use crate::failure::Failure;
use crate::output;
use clap::CommandFactory;
use clap_mangen::Man;

/// Prints the manual page: the command itself, then each command below it.
pub(crate) fn run() -> Result<(), Failure> {
    let mut page = Vec::new();
    let mut command = Cli::command();
    command.build();
    let mut render = |command: clap::Command| {
        Man::new(command).render(&mut page).map_err(|error| Failure::because("the manual page", &error))
    };
    let below: Vec<clap::Command> =
        command.get_subcommands().filter(|below| below.get_name() != "help").cloned().collect();
    render(command)?;
    for one in below {
        render(one)?;
    }
    output::text(&String::from_utf8_lossy(&page))
}
