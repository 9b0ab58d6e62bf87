//! What another system stored as a password, read when a user is taken over.

use super::django::DjangoHash;
use super::hasher::IMPORTED;
use madang_domain::accounts::PasswordHash;

/// A stored password that no password matches, under any version.
const NO_PASSWORD: &str = "!";

/// A password of another system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportedPassword {
    /// It logs in, and is replaced then.
    Usable(PasswordHash),
    /// Nobody logs in by it: the other system had taken it away, or its scheme is not known here. The user chooses a new
    /// one by mail.
    Unusable(PasswordHash),
}

/// Why a stored password is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportedPasswordError {
    /// It is of the known scheme, but cut or changed.
    #[error("it is no whole pbkdf2_sha256 hash")]
    Malformed,
    /// It would cost more than `auth.pbkdf2_max_iterations` to check.
    #[error("it costs more rounds than auth.pbkdf2_max_iterations allows")]
    TooCostly,
}

/// Reads `encoded`, of which no more than `max_rounds` rounds are ever computed.
///
/// # Errors
/// When it is of Django's scheme and cannot be used.
pub fn read_imported(encoded: &str, max_rounds: u32) -> Result<ImportedPassword, ImportedPasswordError> {
    if !encoded.starts_with("pbkdf2_sha256$") {
        let none = PasswordHash { encoded: NO_PASSWORD.to_owned(), version: 1 };
        return Ok(ImportedPassword::Unusable(none));
    }
    match DjangoHash::parse(encoded, u32::MAX) {
        None => Err(ImportedPasswordError::Malformed),
        Some(hash) if hash.rounds() > max_rounds => Err(ImportedPasswordError::TooCostly),
        Some(_) => {
            Ok(ImportedPassword::Usable(PasswordHash { encoded: encoded.to_owned(), version: IMPORTED }))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HASH: &str = "pbkdf2_sha256$1000$c2FsdHNhbHQ$81QK9Cb/1+EuGjkCuMfLe/JwVi7vEf5rZfyS/DgplIk=";

    #[test]
    fn acc_14_only_whole_hashes_of_reasonable_cost_are_taken_over() {
        let usable = PasswordHash { encoded: HASH.to_owned(), version: 0 };
        assert_eq!(read_imported(HASH, 1000), Ok(ImportedPassword::Usable(usable)));
        assert_eq!(read_imported(HASH, 999), Err(ImportedPasswordError::TooCostly));
        for cut in [
            "pbkdf2_sha256$",
            "pbkdf2_sha256$1000$salt",
            &HASH.replace("=", ""),
            &HASH.replace("$1000$", "$-1$"),
        ] {
            assert_eq!(read_imported(cut, 1000), Err(ImportedPasswordError::Malformed), "{cut}");
        }
        for other in ["", "!", "!abcdef", "argon2$argon2id$v=19$m=8", "md5$a$b"] {
            assert!(matches!(read_imported(other, 1000), Ok(ImportedPassword::Unusable(_))), "{other}");
        }
    }
}
