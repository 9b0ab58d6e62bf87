//! `madang migrate`.

use crate::cli::Global;
use crate::data_dir::{self, DataLock};
use crate::failure::Failure;
use crate::output;
use clap::Args;
use madang_persistence::migrate::{MigrateError, Migrator};

/// Run, list or take back the schema's migrations.
#[derive(Debug, Args)]
pub(crate) struct Migrate {
    /// List the migrations and whether they have run
    #[arg(long, conflicts_with = "down")]
    status: bool,
    /// Take the last N migrations back; what they hold is lost
    #[arg(long, value_name = "N")]
    down: Option<usize>,
}

impl Migrate {
    /// Runs the command.
    pub(crate) fn run(self, global: &Global) -> Result<(), Failure> {
        let settings = global.settings()?;
        data_dir::prepare(&settings.data_dir)?;
        let _lock = DataLock::take(&settings, "migrate")?;
        let failed = |error: MigrateError| Failure::because("the migrations", &error);
        let mut migrator = Migrator::connect(&settings.database.direct_url).map_err(failed)?;
        if self.status {
            for migration in migrator.status().map_err(failed)? {
                let state = if migration.applied { "applied" } else { "pending" };
                output::line(&format!("{state}  {}", migration.name))?;
            }
            return Ok(());
        }
        let (names, done) = match self.down {
            Some(count) => (migrator.revert(count).map_err(failed)?, "taken back"),
            None => (migrator.run().map_err(failed)?, "applied"),
        };
        if names.is_empty() {
            return output::line("nothing to do");
        }
        for name in names {
            output::line(&format!("{done}  {name}"))?;
        }
        Ok(())
    }
}
