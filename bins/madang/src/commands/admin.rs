//! `madang admin create`.

use crate::app;
use crate::cli::Global;
use crate::failure::Failure;
use crate::local::Local;
use crate::output;
use clap::{Args, Subcommand};
use madang_auth::login_keys::LoginKeys;
use madang_auth::passwords::{Password, PasswordRule};
use madang_domain::accounts::{CreateAdmin, CreateAdminError, Email, Nickname, Username, create_admin};
use madang_domain::language::Language;
use madang_domain::schools::NAME_RULE;
use madang_domain::text::FieldError;
use std::io::{self, BufRead, IsTerminal};
use std::sync::Arc;

/// Make people.
#[derive(Debug, Subcommand)]
pub(crate) enum Admin {
    /// Make an admin with proven address, and the school if there is none of that name
    Create(Create),
}

/// Make an admin.
#[derive(Debug, Args)]
pub(crate) struct Create {
    /// The name to log in by
    #[arg(long, value_name = "U")]
    username: String,
    /// The address, taken as proven
    #[arg(long, value_name = "E")]
    email: String,
    /// What others see
    #[arg(long, value_name = "N")]
    nickname: String,
    /// The school's name
    #[arg(long, value_name = "NAME")]
    school: String,
    /// Read the password from the first line of standard input instead of asking on the terminal
    #[arg(long)]
    password_stdin: bool,
}

impl Admin {
    /// Runs the command.
    pub(crate) fn run(self, global: &Global) -> Result<(), Failure> {
        let Self::Create(create) = self;
        create.run(global)
    }
}

impl Create {
    fn run(self, global: &Global) -> Result<(), Failure> {
        let settings = global.settings()?;
        let rules = &settings.policy.accounts;
        let username = Username::parse(&self.username, rules).map_err(|error| refused("username", error))?;
        let nickname = Nickname::parse(&self.nickname, rules).map_err(|error| refused("nickname", error))?;
        let email = Email::parse(&self.email).map_err(|error| refused("email", error))?;
        let school = NAME_RULE.parse_trimmed(&self.school).map_err(|error| refused("school", error))?;
        let password = self.password()?;
        PasswordRule::of(rules)
            .judge(&password, &[username.as_str(), nickname.as_str(), email.as_str(), &school])
            .map_err(|error| refused("password", error))?;

        let local = Local::beside(settings, "admin create")?;
        let moment = local.moment();
        let hashed = app::hasher(&local.settings, &local.keys)?
            .hash(&password, moment.random())
            .map_err(|error| Failure::because("the password", &error))?;
        let enrolment = LoginKeys::new(Arc::clone(&local.keys)).enrolment_proof(&email.key());
        let command = CreateAdmin {
            username: username.clone(),
            nickname,
            email,
            school,
            password: hashed,
            enrolment,
            language: Language::Korean,
        };
        match local.store().write_blocking(move |uow| create_admin(uow, &moment, &command)) {
            Ok(_) => output::line(&format!("{} is an admin", username.as_str())),
            Err(CreateAdminError::Refused(fields)) => {
                let fields: Vec<String> =
                    fields.into_iter().map(|(field, error)| sentence(field, error)).collect();
                Err(Failure::new(fields.join("; ")))
            }
            Err(CreateAdminError::Store(error)) => Err(error.into()),
        }
    }

    fn password(&self) -> Result<Password, Failure> {
        if self.password_stdin {
            let mut line = String::new();
            io::stdin()
                .lock()
                .read_line(&mut line)
                .map_err(|error| Failure::because("the password", &error))?;
            let end = line.trim_end_matches(['\r', '\n']).len();
            line.truncate(end);
            return Ok(Password::new(line));
        }
        if !io::stdin().is_terminal() {
            return Err(Failure::Misused(
                "there is no terminal to ask for the password on; pass it with --password-stdin".to_owned(),
            ));
        }
        let ask = |prompt: &str| {
            rpassword::prompt_password(prompt).map_err(|error| Failure::because("the password", &error))
        };
        let first = ask("Password: ")?;
        if ask("Once more: ")? != first {
            return Err(Failure::Misused("the two passwords differ; try again".to_owned()));
        }
        Ok(Password::new(first))
    }
}

fn refused(flag: &str, error: FieldError) -> Failure {
    Failure::Misused(sentence(flag, error))
}

fn sentence(flag: &str, error: FieldError) -> String {
    let why = match error {
        FieldError::Blank | FieldError::Required => "it is empty",
        FieldError::MinLength => "it is too short",
        FieldError::MaxLength => "it is too long",
        FieldError::Taken => "somebody has it already",
        FieldError::WeakPassword => "it is too easy to guess",
        FieldError::NotAllowed => "it is reserved",
        _ => "it is malformed",
    };
    format!("--{flag}: {why}; choose another one")
}
