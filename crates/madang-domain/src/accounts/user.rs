//! A user.

use crate::accounts::{Email, Nickname, Settings, Username};
use crate::actor::{Restriction, Role};
use crate::ctx::Timestamp;
use crate::ids::{SchoolId, UserId};
use crate::policy::AccountsPolicy;

/// A user without the password, which is read by the few that check it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// Its id, random.
    pub id: UserId,
    /// The one school the user belongs to.
    pub school: SchoolId,
    /// What the user logs in by.
    pub username: Username,
    /// What others see.
    pub nickname: Nickname,
    /// When the nickname was last changed; choosing it at sign-up is no change.
    pub nickname_changed_at: Option<Timestamp>,
    /// The address, proven or not.
    pub email: Email,
    /// When the address was proven.
    pub email_verified_at: Option<Timestamp>,
    /// The address that is to take its place, until its link is opened.
    pub pending_email: Option<Email>,
    /// Staff of the school; holds for every admin too.
    pub is_staff: bool,
    /// Staff of the site.
    pub is_superuser: bool,
    /// The state as it was set; see [`state_at`](Self::state_at) for what it is by the clock.
    pub state: AccountState,
    /// When a restriction or a ban ends; `None` has no end.
    pub state_until: Option<Timestamp>,
    /// When the enrolment was proven; counted in the school's members.
    pub enrolment_verified_at: Option<Timestamp>,
    /// Raised at each change of password, address or state, so that links mailed before are dead.
    pub epoch: i64,
    /// The year of admission.
    pub admission_year: i32,
    /// What the user set.
    pub settings: Settings,
    /// When the user signed up.
    pub created_at: Timestamp,
    /// When anything that the user or an admin sees here was last changed.
    pub updated_at: Timestamp,
    /// When the user withdrew.
    pub withdrawn_at: Option<Timestamp>,
}

/// The state of an account (ACC-17).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AccountState {
    /// Nothing stands against the user.
    Active,
    /// Reads, but does not write.
    Restricted,
    /// Cannot log in.
    Banned,
    /// Gone; kept until the purge.
    Withdrawn,
}

impl AccountState {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Active, Self::Restricted, Self::Banned, Self::Withdrawn];

    /// The contract's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Restricted => "restricted",
            Self::Banned => "banned",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The state of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }

    /// What a state set `until` is at `now`: restrictions and bans end by the clock.
    pub fn at(self, until: Option<Timestamp>, now: Timestamp) -> Self {
        match self {
            Self::Restricted | Self::Banned if until.is_some_and(|end| end <= now) => Self::Active,
            state => state,
        }
    }
}

impl User {
    /// The state by the clock.
    pub fn state_at(&self, now: Timestamp) -> AccountState {
        self.state.at(self.state_until, now)
    }

    /// The restriction that runs at `now`.
    pub fn restriction_at(&self, now: Timestamp) -> Option<Restriction> {
        let running = self.state_at(now) == AccountState::Restricted;
        running.then_some(Restriction { ends_at: self.state_until, sanction: None })
    }

    /// The role.
    pub fn role(&self) -> Role {
        role(self.is_staff, self.is_superuser, self.enrolment_verified_at.is_some())
    }

    /// Makes every link mailed before useless, and with it a waiting change of the address.
    pub fn end_links(&mut self, now: Timestamp) {
        self.epoch += 1;
        self.pending_email = None;
        self.updated_at = now;
    }

    /// When the nickname may be changed again; `None` when that is so at `now` (ACC-12).
    pub fn nickname_changeable_at(&self, now: Timestamp, policy: &AccountsPolicy) -> Option<Timestamp> {
        self.nickname_changed_at.map(|at| at + policy.nickname_change).filter(|at| *at > now)
    }
}

/// The role that the flags of a user row make.
pub fn role(is_staff: bool, is_superuser: bool, enrolled: bool) -> Role {
    match (is_superuser, is_staff, enrolled) {
        (true, _, _) => Role::Admin,
        (_, true, _) => Role::Moderator,
        (_, _, true) => Role::Student,
        _ => Role::Guest,
    }
}

/// The stored form of a password: never shown, compared only to find out whether it is still the same.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash {
    /// The encoded hash, whose form tells its scheme.
    pub encoded: String,
    /// 0 for an imported hash without pepper, else the version of the pepper.
    pub version: i16,
}

impl std::fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PasswordHash").field("version", &self.version).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{DateTime, TimeDelta};

    #[test]
    fn acc_17_restrictions_and_bans_end_by_the_clock() {
        let now = DateTime::UNIX_EPOCH;
        let later = now + TimeDelta::microseconds(1);
        assert_eq!(AccountState::Restricted.at(Some(later), now), AccountState::Restricted);
        assert_eq!(AccountState::Restricted.at(Some(now), now), AccountState::Active);
        assert_eq!(AccountState::Banned.at(None, now), AccountState::Banned);
        assert_eq!(AccountState::Withdrawn.at(Some(now), now), AccountState::Withdrawn);
    }

    #[test]
    fn acc_22_flags_make_the_role() {
        assert_eq!(role(false, false, false), Role::Guest);
        assert_eq!(role(false, false, true), Role::Student);
        assert_eq!(role(true, false, true), Role::Moderator);
        assert_eq!(role(true, true, false), Role::Admin);
    }

    #[test]
    fn acc_15_a_hash_is_not_printed() {
        let hash = PasswordHash { encoded: "$2b$12$secret".to_owned(), version: 1 };
        assert!(!format!("{hash:?}").contains("secret"));
    }
}
