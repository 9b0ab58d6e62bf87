//! `madang serve`.

use crate::app::{App, Running};
use crate::cli::Global;
use crate::failure::Failure;
use crate::world::World;
use crate::{logging, output};
use clap::Args;
use std::io::{self, IsTerminal};
use tokio::signal::unix::{SignalKind, signal};

/// Run the server.
#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// Where to listen; port 0 takes a free one
    #[arg(long, value_name = "ADDR")]
    bind: Option<String>,
    /// Run pending migrations on PostgreSQL too
    #[arg(long)]
    auto_migrate: bool,
}

impl Serve {
    /// Runs the command until a signal ends it.
    pub(crate) fn run(self, global: &Global) -> Result<(), Failure> {
        let settings = global.settings_bound_to(self.bind)?;
        logging::start(&settings.log);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| Failure::because("the signals", &error))?;
        runtime.block_on(async {
            // Listened to before the start, so that no signal is lost between the two.
            let failed = |error| Failure::because("the signals", &error);
            let mut terminate = signal(SignalKind::terminate()).map_err(failed)?;
            let mut interrupt = signal(SignalKind::interrupt()).map_err(failed)?;
            let mut hang_up = signal(SignalKind::hangup()).map_err(failed)?;
            let running = App::new(settings, World::real()).auto_migrate(self.auto_migrate).start_now()?;
            greet(&running)?;
            loop {
                tokio::select! {
                    _ = terminate.recv() => break,
                    _ = interrupt.recv() => break,
                    _ = hang_up.recv() => match running.reload_keys() {
                        Ok(()) => tracing::info!("the keys were read again"),
                        Err(error) => tracing::error!(%error, "the keys in force stay"),
                    },
                }
            }
            tracing::info!("stopping");
            running.stop();
            Ok(())
        })
    }
}

/// One line for scripts; more for people at a terminal.
fn greet(running: &Running) -> Result<(), Failure> {
    output::line(&format!("listening on http://{}", running.addr()))?;
    tracing::info!(addr = %running.addr(), "listening");
    if io::stdout().is_terminal() {
        let url = running.public_url();
        output::note(&format!(
            "\n  Madang, the yard of your campus · 마당, 우리 학교의 마당\n\
             \n  API root   · API 시작점   {url}/api/v1\
             \n  Docs       · 문서         {url}/docs\
             \n  OpenAPI    · 명세         {url}/openapi.json\
             \n\n  Stop with Ctrl+C · 끝내려면 Ctrl+C\n"
        ));
    }
    Ok(())
}
