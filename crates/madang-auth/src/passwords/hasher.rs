//! The form in which passwords are kept: NFKC, HMAC-SHA-384 with the pepper, base64, bcrypt (ACC-14).

use super::Password;
use super::django::DjangoHash;
use crate::hash_pool::HashError;
use crate::keys::{KeyRing, Keys, Secret};
use crate::mac;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bcrypt::{HashParts, Version};
use madang_domain::accounts::PasswordHash;
use std::ops::RangeInclusive;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use zeroize::Zeroizing;

/// The version of hashes that were imported and know no pepper.
pub(super) const IMPORTED: i16 = 0;

/// A hash of this cost is made and computed; a costlier one is refused unread.
const MAX_COST: u32 = 14;
const MIN_COST: u32 = 10;
const MIN_COST_IN_TESTS: u32 = 4;

/// The rounds of recent Django versions, until a real hash has been seen.
const USUAL_ROUNDS: u32 = 1_000_000;

/// What a hash may cost.
#[derive(Clone, Copy, Debug)]
pub struct HasherSettings {
    /// `auth.bcrypt_cost`, of new hashes.
    pub bcrypt_cost: u32,
    /// `auth.pbkdf2_max_iterations`, above which an imported hash is refused unread.
    pub pbkdf2_max_iterations: u32,
    /// `mode = test`, which allows cost 4.
    pub test_mode: bool,
}

/// The cost is out of bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("auth.bcrypt_cost must be {least} to {MAX_COST}")]
pub struct HasherSettingsError {
    least: u32,
}

/// Makes and checks stored passwords. Slow by design: call it on the threads of the hash pool only.
#[derive(Debug)]
pub struct PasswordHasher {
    keys: Arc<KeyRing>,
    cost: u32,
    costs: RangeInclusive<u32>,
    max_rounds: u32,
    /// Of the imported hash that was computed last: what a dummy costs.
    imported_rounds: AtomicU32,
}

/// A password and what it is compared with.
#[derive(Debug)]
pub struct Attempt {
    /// The password as typed.
    pub password: Password,
    /// What the account holds; `None` when there is no account, or none that may log in.
    pub stored: Option<PasswordHash>,
    /// Whether any imported hash is left: every failing attempt then costs one hash of each kind, so that time does not
    /// tell which kind an account has.
    pub imported_left: bool,
}

/// How an attempt ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Not the password of this account.
    Wrong,
    /// The password.
    Right {
        /// What to keep instead, when the stored form is outdated. Save it only where the old form still stands.
        replacement: Option<PasswordHash>,
    },
}

enum Readable<'a> {
    Bcrypt { hash: &'a str, cost: u32, pepper: &'a Secret },
    Django(DjangoHash<'a>),
}

impl PasswordHasher {
    /// A hasher with the peppers of `keys`.
    ///
    /// # Errors
    ///
    /// When the cost is out of bounds: 10 to 14, in tests 4 to 14.
    pub fn new(keys: Arc<KeyRing>, settings: HasherSettings) -> Result<Self, HasherSettingsError> {
        let least = if settings.test_mode { MIN_COST_IN_TESTS } else { MIN_COST };
        let costs = least..=MAX_COST;
        if !costs.contains(&settings.bcrypt_cost) {
            return Err(HasherSettingsError { least });
        }
        let max_rounds = settings.pbkdf2_max_iterations;
        let imported_rounds = AtomicU32::new(USUAL_ROUNDS.min(max_rounds));
        Ok(Self { keys, cost: settings.bcrypt_cost, costs, max_rounds, imported_rounds })
    }

    /// The form in which `password` is kept, made with sixteen random bytes.
    ///
    /// # Errors
    ///
    /// [`HashError::Failed`], which a keys file that was accepted never causes.
    pub fn hash(&self, password: &Password, salt: [u8; 16]) -> Result<PasswordHash, HashError> {
        let keys = self.keys.current();
        let pepper = keys.active_pepper().ok_or(HashError::Failed)?;
        let parts =
            bcrypt::non_truncating_hash_with_salt(&*seasoned(password, &pepper.secret), self.cost, salt);
        let encoded = parts.map_err(|_| HashError::Failed)?.format_for_version(Version::TwoB);
        Ok(PasswordHash { encoded, version: pepper.version })
    }

    /// Judges an attempt; `salt` serves a replacement.
    ///
    /// # Errors
    ///
    /// As [`hash`](Self::hash).
    pub fn check(&self, attempt: &Attempt, salt: [u8; 16]) -> Result<Verdict, HashError> {
        if !self.matches(attempt)? {
            return Ok(Verdict::Wrong);
        }
        let outdated = attempt.stored.as_ref().is_some_and(|stored| self.outdated(stored));
        let replacement = outdated.then(|| self.hash(&attempt.password, salt)).transpose()?;
        Ok(Verdict::Right { replacement })
    }

    /// Whether the attempt's password is right.
    ///
    /// # Errors
    ///
    /// As [`hash`](Self::hash).
    pub fn matches(&self, attempt: &Attempt) -> Result<bool, HashError> {
        let keys = self.keys.current();
        let password = &attempt.password;
        let readable = attempt.stored.as_ref().and_then(|stored| self.read(&keys, stored));
        let right = match &readable {
            Some(Readable::Django(hash)) => {
                self.imported_rounds.store(hash.rounds(), Ordering::Relaxed);
                hash.matches(password.typed())
            }
            Some(Readable::Bcrypt { hash, pepper, .. }) => {
                bcrypt::non_truncating_verify(&*seasoned(password, pepper), hash).unwrap_or(false)
            }
            None => self.waste_bcrypt(password)?,
        };
        if !right {
            match &readable {
                Some(Readable::Django(_)) => drop(self.waste_bcrypt(password)?),
                Some(Readable::Bcrypt { .. }) | None => self.waste_django(attempt),
            }
        }
        Ok(right)
    }

    /// Whether cost or pepper of a stored form are not those of new ones.
    fn outdated(&self, stored: &PasswordHash) -> bool {
        let keys = self.keys.current();
        match self.read(&keys, stored) {
            Some(Readable::Bcrypt { cost, .. }) => {
                cost != self.cost
                    || keys.active_pepper().is_some_and(|pepper| pepper.version != stored.version)
            }
            Some(Readable::Django(_)) | None => true,
        }
    }

    /// Reads a stored form; `None` for what is unusable: an unknown scheme, a pepper that is gone, a cost out of bounds.
    fn read<'a>(&self, keys: &'a Keys, stored: &'a PasswordHash) -> Option<Readable<'a>> {
        if stored.version == IMPORTED {
            return DjangoHash::parse(&stored.encoded, self.max_rounds).map(Readable::Django);
        }
        let pepper = keys.pepper(stored.version)?;
        let cost = HashParts::from_str(&stored.encoded).ok()?.get_cost();
        self.costs.contains(&cost).then_some(Readable::Bcrypt { hash: &stored.encoded, cost, pepper })
    }

    /// Costs what a real hash costs and is never right.
    fn waste_bcrypt(&self, password: &Password) -> Result<bool, HashError> {
        self.hash(password, [0; 16]).map(|made| std::hint::black_box(made).encoded.is_empty())
    }

    /// Costs what an imported hash costs, while there is one.
    fn waste_django(&self, attempt: &Attempt) {
        if attempt.imported_left {
            let rounds = self.imported_rounds.load(Ordering::Relaxed);
            std::hint::black_box(DjangoHash::dummy(rounds).matches(attempt.password.typed()));
        }
    }
}

/// What bcrypt is given: 64 characters without NUL, in which every byte of the password counts.
fn seasoned(password: &Password, pepper: &Secret) -> Zeroizing<String> {
    let digest = mac::sha384(pepper.bytes(), password.normalised().as_bytes());
    let mut text = Zeroizing::new(String::with_capacity(64));
    STANDARD.encode_string(digest.as_slice(), &mut text);
    text
}
