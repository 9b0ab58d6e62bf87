//! Users as admins and they themselves see them: with the name of their school.

use crate::accounts::{AccountState, User};
use crate::actor::Role;
use crate::filters::{OneOf, TextTest, TimeTest};
use crate::ids::{MediaId, SchoolId, UserId};
use crate::paging::{OrderBy, PageRequest};
use crate::schools::SchoolRef;

/// A user with the school.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The user.
    pub user: User,
    /// The school.
    pub school: SchoolRef,
    /// The user's picture.
    pub image: Option<MediaId>,
}

/// A user as others see them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserSummary {
    /// The user.
    pub id: UserId,
    /// What others call them.
    pub nickname: String,
    /// Their picture.
    pub image: Option<MediaId>,
}

/// Which users an admin lists; all tests must pass.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccountFilter {
    /// Of these schools.
    pub schools: Option<OneOf<SchoolId>>,
    /// Tests of the username.
    pub username: Vec<TextTest>,
    /// Tests of the nickname.
    pub nickname: Vec<TextTest>,
    /// Tests of the address in its canonical form: equality only.
    pub email: Vec<String>,
    /// With these roles.
    pub roles: Option<OneOf<Role>>,
    /// In these states, by the clock.
    pub states: Option<OneOf<AccountState>>,
    /// With proven or unproven enrolment.
    pub enrolment: Option<OneOf<Enrolment>>,
    /// Tests of the time of sign-up.
    pub created_at: Vec<TimeTest>,
}

/// Whether the enrolment is proven.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Enrolment {
    /// Not yet.
    Pending,
    /// It is.
    Verified,
}

/// By what admins order users; the id breaks ties.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AccountKey {
    /// By the time of sign-up.
    CreatedAt,
    /// By folded username.
    Username,
}

/// One list of users for admins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountQuery {
    /// Which.
    pub filter: AccountFilter,
    /// In which order.
    pub order: Vec<OrderBy<AccountKey>>,
    /// Which page.
    pub request: PageRequest,
}
