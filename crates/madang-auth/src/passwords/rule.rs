//! What is asked of a new password (ACC-13).

use super::Password;
use super::common::COMMON;
use madang_domain::fold::name_key;
use madang_domain::policy::AccountsPolicy;
use madang_domain::text::FieldError;
use zxcvbn::Score;

/// The rule for new passwords.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasswordRule {
    /// Least length in characters, after NFKC.
    pub min: usize,
    /// Greatest length in characters, after NFKC.
    pub max: usize,
    /// Least strength, 0 to 4.
    pub min_score: u8,
}

impl PasswordRule {
    /// The rule in force.
    pub fn of(policy: &AccountsPolicy) -> Self {
        Self { min: policy.password_min, max: policy.password_max, min_score: policy.password_min_score }
    }

    /// Judges `password`. `context` is what a stranger would try first for this person: username, nickname, e-mail,
    /// school. Takes up to some milliseconds for a long password.
    ///
    /// # Errors
    ///
    /// [`FieldError::MinLength`], [`FieldError::MaxLength`], or [`FieldError::WeakPassword`] when it is easily guessed,
    /// common among Korean speakers, or part of the context.
    pub fn judge(&self, password: &Password, context: &[&str]) -> Result<(), FieldError> {
        let text = password.normalised();
        match text.chars().count() {
            n if n < self.min => return Err(FieldError::MinLength),
            n if n > self.max => return Err(FieldError::MaxLength),
            _ => {}
        }
        let key = name_key(&text);
        let context: Vec<String> = context.iter().map(|part| name_key(part)).collect();
        if context.contains(&key) || COMMON.binary_search(&key.as_str()).is_ok() {
            return Err(FieldError::WeakPassword);
        }
        let score = zxcvbn::zxcvbn(&text, &guesses(&context)).score();
        if score >= self.least_score() { Ok(()) } else { Err(FieldError::WeakPassword) }
    }

    fn least_score(&self) -> Score {
        Score::try_from(self.min_score).unwrap_or(Score::Four)
    }
}

/// The words that count as guessable: the context first, each address also by its parts, then the common ones.
fn guesses(context: &[String]) -> Vec<&str> {
    let parts = context.iter().flat_map(|part| part.split(['@', '.', ' ']));
    context
        .iter()
        .map(String::as_str)
        .chain(parts)
        .filter(|word| !word.is_empty())
        .chain(COMMON.iter().copied())
        .collect()
}
