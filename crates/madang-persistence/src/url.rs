//! Where the database is.

use std::str::FromStr;

/// A parsed `database.url`.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// `sqlite:PATH`: a file, made when it is absent.
    SqliteFile(String),
    /// `sqlite::memory:`: gone with its store; migrated when it is opened.
    SqliteMemory,
    /// `postgres://…`, passed to libpq unchanged.
    Postgres(String),
}

/// Why a text is not a database URL. Says no more than the scheme, because a URL may hold a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DatabaseUrlError {
    /// Neither scheme.
    #[error("a database url begins with sqlite: or postgres://")]
    UnknownScheme,
    /// `sqlite:` without a path.
    #[error("sqlite: needs a path")]
    NoPath,
    /// PostgreSQL on a build that leaves it out.
    #[error("this build serves SQLite only; PostgreSQL needs the cargo feature postgres")]
    PostgresLeftOut,
}

impl DatabaseUrl {
    /// Whether the database can belong to one process only.
    pub fn is_sqlite(&self) -> bool {
        !matches!(self, Self::Postgres(_))
    }
}

impl FromStr for DatabaseUrl {
    type Err = DatabaseUrlError;

    fn from_str(text: &str) -> Result<Self, DatabaseUrlError> {
        if let Some(path) = text.strip_prefix("sqlite:") {
            return match path.strip_prefix("//").unwrap_or(path) {
                "" => Err(DatabaseUrlError::NoPath),
                ":memory:" => Ok(Self::SqliteMemory),
                path => Ok(Self::SqliteFile(path.to_owned())),
            };
        }
        if !text.starts_with("postgres://") && !text.starts_with("postgresql://") {
            return Err(DatabaseUrlError::UnknownScheme);
        }
        if cfg!(not(feature = "postgres")) {
            return Err(DatabaseUrlError::PostgresLeftOut);
        }
        Ok(Self::Postgres(text.to_owned()))
    }
}

/// Hides what may hold a password.
impl std::fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::SqliteFile(path) => f.debug_tuple("SqliteFile").field(path).finish(),
            Self::SqliteMemory => f.write_str("SqliteMemory"),
            Self::Postgres(_) => f.write_str("Postgres(…)"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_the_kinds_and_hides_passwords() {
        assert_eq!("sqlite:data/m.sqlite3".parse(), Ok(DatabaseUrl::SqliteFile("data/m.sqlite3".into())));
        assert_eq!("sqlite:///var/m.sqlite3".parse(), Ok(DatabaseUrl::SqliteFile("/var/m.sqlite3".into())));
        assert_eq!("sqlite::memory:".parse(), Ok(DatabaseUrl::SqliteMemory));
        assert_eq!("sqlite:".parse::<DatabaseUrl>(), Err(DatabaseUrlError::NoPath));
        assert_eq!("mysql://x".parse::<DatabaseUrl>(), Err(DatabaseUrlError::UnknownScheme));
    }

    #[cfg(feature = "postgres")]
    #[test]
    fn debug_output_hides_passwords() {
        let url: DatabaseUrl = "postgres://u:secret@db.example.test/madang".parse().unwrap();
        assert!(!format!("{url:?}").contains("secret"));
    }
}
