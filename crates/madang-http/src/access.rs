//! Who may call a route. A route cannot be declared without it, so nothing is open by forgetting.

use madang_domain::actor::{Actor, CallerStateError, Role};

/// The door of a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everybody, logged in or not; a credential is not looked at.
    Visitor,
    /// Logged-in callers in the right state.
    Caller(Who),
}

/// Which logged-in callers a row of the contract admits. What depends on the item (owner, manager) is the use case's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Who {
    /// The least role.
    pub least: Role,
    /// Whether a running restriction shuts the door (rows marked W).
    pub unrestricted: bool,
    /// Whether a personal token is not enough.
    pub session_only: bool,
}

impl Who {
    /// guest+.
    pub const fn guest() -> Self {
        Self { least: Role::Guest, unrestricted: false, session_only: false }
    }

    /// student+.
    pub const fn student() -> Self {
        Self { least: Role::Student, ..Self::guest() }
    }

    /// moderator+; session only, as every staff row is.
    pub const fn moderator() -> Self {
        Self { least: Role::Moderator, unrestricted: false, session_only: true }
    }

    /// admin; session only, as every staff row is.
    pub const fn admin() -> Self {
        Self { least: Role::Admin, unrestricted: false, session_only: true }
    }

    /// Shut while a restriction is running.
    #[must_use]
    pub const fn unrestricted(mut self) -> Self {
        self.unrestricted = true;
        self
    }

    /// Shut for personal tokens.
    #[must_use]
    pub const fn session_only(mut self) -> Self {
        self.session_only = true;
        self
    }

    /// Judges the caller's state, in the order of the contract.
    ///
    /// # Errors
    /// The first thing that keeps `actor` out.
    pub fn admit(self, actor: &Actor) -> Result<(), CallerStateError> {
        if self.session_only {
            actor.check_session()?;
        }
        actor.check_role(self.least)?;
        if self.unrestricted { actor.check_unrestricted() } else { Ok(()) }
    }
}

impl Access {
    /// The word of the route × role matrix.
    pub fn word(self) -> &'static str {
        match self {
            Self::Visitor => "visitor",
            Self::Caller(who) => match who.least {
                Role::Guest => "guest",
                Role::Student => "student",
                Role::Moderator => "moderator",
                Role::Admin => "admin",
            },
        }
    }
}
