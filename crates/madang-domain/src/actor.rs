//! Who asks.

use crate::ctx::Timestamp;
use crate::ids::{BoardId, SanctionId, SchoolId, SessionId, UserId};

/// The roles, each holding all rights of those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Logged in, enrolment not proven.
    Guest,
    /// Enrolment proven.
    Student,
    /// Staff of one school.
    Moderator,
    /// Staff of the site.
    Admin,
}

impl Role {
    /// All of them, the least first.
    pub const ALL: [Self; 4] = [Self::Guest, Self::Student, Self::Moderator, Self::Admin];

    /// The contract's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Guest => "guest",
            Self::Student => "student",
            Self::Moderator => "moderator",
            Self::Admin => "admin",
        }
    }

    /// The role of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == word)
    }
}

/// By which credential the actor came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Credential {
    /// An access token of a login session.
    Session(SessionId),
    /// A personal access token, barred from session-only acts.
    PersonalToken,
}

/// An authenticated user, as the database told it within this very unit of work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The user.
    pub user: UserId,
    /// The user's school; never taken from a request.
    pub school: SchoolId,
    /// The role at this moment.
    pub role: Role,
    /// Whether the e-mail address is proven.
    pub email_verified: bool,
    /// A running site-wide restriction (ACC-17).
    pub restriction: Option<Restriction>,
    /// Running restrictions to single boards (SAN-2).
    pub in_boards: Vec<(BoardId, Restriction)>,
    /// The credential.
    pub credential: Credential,
}

/// A restriction that is running.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Restriction {
    /// When it ends by the clock.
    pub ends_at: Option<Timestamp>,
    /// The sanction that it comes from; `None` for a state that no sanction tells of.
    pub sanction: Option<SanctionId>,
}

/// Why a caller in this state may not use a row of the contract at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallerStateError {
    /// A personal token on a session-only row.
    SessionRequired,
    /// A guest whose e-mail link is still unopened.
    EmailUnverified,
    /// A guest with proven e-mail but unproven enrolment.
    EnrolmentUnverified,
    /// A restriction is running, of the whole site or of the board.
    Restricted(Restriction),
    /// The role does not reach.
    Forbidden,
}

impl Actor {
    /// The session, unless the actor came by a personal token.
    pub fn session(&self) -> Option<SessionId> {
        match self.credential {
            Credential::Session(id) => Some(id),
            Credential::PersonalToken => None,
        }
    }

    /// Whether the actor is an admin, who sees every school (VIS-1a).
    pub fn is_admin(&self) -> bool {
        self.role == Role::Admin
    }

    /// Whether the actor is staff of `school`: its moderators and every admin.
    pub fn is_staff_of(&self, school: SchoolId) -> bool {
        match self.role {
            Role::Admin => true,
            Role::Moderator => self.school == school,
            Role::Guest | Role::Student => false,
        }
    }

    /// Refuses actors below `least`; a guest is told what is missing, anyone else only that the row is not theirs.
    pub fn check_role(&self, least: Role) -> Result<(), CallerStateError> {
        if self.role >= least {
            return Ok(());
        }
        match least {
            Role::Guest | Role::Student => Err(self.missing_proof()),
            Role::Moderator | Role::Admin => Err(CallerStateError::Forbidden),
        }
    }

    /// Refuses actors under a running restriction of the whole site (rows marked W).
    pub fn check_unrestricted(&self) -> Result<(), CallerStateError> {
        match self.restriction {
            Some(restriction) => Err(CallerStateError::Restricted(restriction)),
            None => Ok(()),
        }
    }

    /// Refuses actors under a running restriction of the whole site or of `board`.
    pub fn check_unrestricted_in(&self, board: BoardId) -> Result<(), CallerStateError> {
        self.check_unrestricted()?;
        match self.in_boards.iter().find(|(restricted, _)| *restricted == board) {
            Some((_, restriction)) => Err(CallerStateError::Restricted(*restriction)),
            None => Ok(()),
        }
    }

    /// Refuses personal tokens (rows marked session only).
    pub fn check_session(&self) -> Result<(), CallerStateError> {
        match self.credential {
            Credential::Session(_) => Ok(()),
            Credential::PersonalToken => Err(CallerStateError::SessionRequired),
        }
    }

    /// What a guest still has to prove (VIS-2c).
    pub fn missing_proof(&self) -> CallerStateError {
        if self.email_verified {
            CallerStateError::EnrolmentUnverified
        } else {
            CallerStateError::EmailUnverified
        }
    }
}
