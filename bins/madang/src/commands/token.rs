//! `madang token`.

use crate::app::Shared;
use crate::cli::Global;
use crate::failure::Failure;
use crate::local::Local;
use crate::{data_dir, output};
use clap::Args;
use madang_auth::open_session::NewSession;
use madang_auth::operator::{OperatorSessionError, open_operator_session};
use madang_auth::refresh_tokens::RefreshTokens;
use std::sync::Arc;

/// Print an access token of a user, for the operator's shell.
#[derive(Debug, Args)]
pub(crate) struct Token {
    /// Whose
    username: String,
}

impl Token {
    /// Runs the command.
    pub(crate) fn run(self, global: &Global) -> Result<(), Failure> {
        let settings = global.settings()?;
        // The issuer of a token may hold the port, and a server on port 0 is the only one who knows it.
        let port = data_dir::port_of_holder(&settings).unwrap_or_else(|| settings.http.bind.port());
        let local = Local::beside(settings, "token")?;
        let shared = Shared { settings: &local.settings, world: &local.world, keys: &local.keys, port };
        let (moment, username) = (local.moment(), self.username.clone());
        let refresh = RefreshTokens::new(Arc::clone(&local.keys));
        let new = NewSession { device_label: Some("madang token".to_owned()), ..NewSession::default() };
        let unit = moment.clone();
        let opened = local
            .store()
            .write_blocking(move |uow| open_operator_session(uow, &unit, &refresh, &username, &new))
            .map_err(|error| match error {
                OperatorSessionError::NotFound => {
                    Failure::new(format!("there is no user {}; see madang admin create", self.username))
                }
                OperatorSessionError::Banned => {
                    Failure::new(format!("{} is banned; lift the ban first", self.username))
                }
                OperatorSessionError::Store(error) => error.into(),
            })?;
        let issued = shared
            .access_tokens()
            .issue(&moment, opened.user, opened.id)
            .map_err(|error| Failure::because("the token", &error))?;
        let url = local.settings.public_url(port);
        output::line(&issued.token)?;
        output::line(&format!("curl -H 'Authorization: Bearer {}' {url}/api/v1/me", issued.token))
    }
}
