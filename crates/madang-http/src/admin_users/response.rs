//! Users as admins see them.

use crate::problem::instant;
use crate::shapes::SchoolRef;
use madang_domain::accounts::Member;
use madang_domain::ctx::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A user, withdrawn or not; nothing of what the user does, so that the tag changes by edits and by the clock only.
#[derive(Serialize, ToSchema)]
#[schema(as = AdminUser)]
pub(super) struct AdminUserResponse {
    id: Uuid,
    username: String,
    nickname: String,
    /// The first character and the domain of the address.
    email_masked: String,
    #[schema(required, format = DateTime)]
    email_verified_at: Option<String>,
    #[schema(required, format = DateTime)]
    enrolment_verified_at: Option<String>,
    school: SchoolRef,
    admission_year: i32,
    /// `guest`, `student`, `moderator` or `admin`.
    role: &'static str,
    is_staff: bool,
    is_superuser: bool,
    /// `active`, `restricted`, `banned` or `withdrawn`.
    state: &'static str,
    #[schema(required, format = DateTime)]
    restricted_until: Option<String>,
    #[schema(required, format = DateTime)]
    withdrawn_at: Option<String>,
    #[schema(format = DateTime)]
    created_at: String,
    #[schema(format = DateTime)]
    updated_at: String,
}

impl AdminUserResponse {
    /// The user as things stand at `now`: restrictions and bans end by the clock.
    pub(super) fn new(member: &Member, now: Timestamp) -> Self {
        let user = &member.user;
        let restriction = user.restriction_at(now);
        Self {
            id: user.id.into(),
            username: user.username.as_str().to_owned(),
            nickname: user.nickname.as_str().to_owned(),
            email_masked: user.email.masked(),
            email_verified_at: user.email_verified_at.map(instant),
            enrolment_verified_at: user.enrolment_verified_at.map(instant),
            school: SchoolRef::new(member.school.id, &member.school.name),
            admission_year: user.admission_year,
            role: user.role().as_str(),
            is_staff: user.is_staff,
            is_superuser: user.is_superuser,
            state: user.state_at(now).as_str(),
            restricted_until: restriction.and_then(|restriction| restriction.ends_at).map(instant),
            withdrawn_at: user.withdrawn_at.map(instant),
            created_at: instant(user.created_at),
            updated_at: instant(user.updated_at),
        }
    }
}
