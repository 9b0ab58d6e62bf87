//! A lead.

use crate::accounts::Email;
use crate::ctx::Timestamp;
use crate::ids::{LeadId, UserId};
use crate::text::{FieldError, TextRule};

/// How the name of a lead is judged.
pub const NAME_RULE: TextRule = TextRule::line(1, 100);
/// How the message of a lead is judged.
pub const MESSAGE_RULE: TextRule = TextRule::lines(0, 500);
/// Most characters of the address of a lead.
pub const EMAIL_MAX: usize = 100;

/// A contact of its owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lead {
    /// Its id.
    pub id: LeadId,
    /// Whose it is; nobody else ever sees it.
    pub owner: UserId,
    /// Who it is.
    pub name: String,
    /// Where mail for it goes; once among the owner's live leads.
    pub email: Email,
    /// What the owner noted.
    pub message: Option<String>,
    /// When it was added.
    pub created_at: Timestamp,
    /// When the owner last changed it.
    pub updated_at: Timestamp,
}

impl Lead {
    /// Parses the address of a lead, which is shorter than that of an account.
    pub fn parse_email(text: &str) -> Result<Email, FieldError> {
        let email = Email::parse(text)?;
        if email.as_str().chars().count() > EMAIL_MAX { Err(FieldError::MaxLength) } else { Ok(email) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lead_2_addresses_have_at_most_100_characters() {
        let address = |domain: usize| format!("{}@{}.test", "a".repeat(64), "b".repeat(domain));
        assert!(Lead::parse_email(&address(30)).is_ok());
        assert_eq!(Lead::parse_email(&address(31)), Err(FieldError::MaxLength));
        assert_eq!(Lead::parse_email("nobody"), Err(FieldError::Invalid));
    }
}
