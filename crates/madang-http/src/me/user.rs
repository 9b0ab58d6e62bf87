//! A user as they see themselves.

use super::settings::SettingsResponse;
use crate::problem::instant;
use crate::shapes::{BoardRef, SchoolRef};
use crate::viewer::Viewer;
use madang_domain::accounts::Me;
use madang_domain::media::Variant;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// The caller's own account.
#[derive(Serialize, ToSchema)]
#[schema(as = User)]
pub(crate) struct UserResponse {
    id: Uuid,
    username: String,
    email: String,
    /// The address that is to take its place, until its link is opened.
    #[schema(required)]
    pending_email: Option<String>,
    #[schema(required, format = DateTime)]
    email_verified_at: Option<String>,
    #[schema(required, format = DateTime)]
    enrolment_verified_at: Option<String>,
    nickname: String,
    /// When the nickname may be changed again; null when that is so now.
    #[schema(required, format = DateTime)]
    nickname_changeable_at: Option<String>,
    #[schema(required)]
    image_url: Option<String>,
    school: SchoolRef,
    admission_year: i32,
    /// `guest`, `student`, `moderator` or `admin`.
    role: &'static str,
    is_staff: bool,
    is_superuser: bool,
    /// `active` or `restricted`.
    state: &'static str,
    #[schema(required, format = DateTime)]
    restricted_until: Option<String>,
    managed_boards: Vec<BoardRef>,
    settings: SettingsResponse,
    #[schema(format = DateTime)]
    created_at: String,
    #[schema(format = DateTime)]
    updated_at: String,
}

impl UserResponse {
    pub(crate) fn new(me: &Me, viewer: &Viewer) -> Self {
        let user = &me.member.user;
        let managed_boards = me.managed_boards.iter();
        Self {
            id: user.id.into(),
            username: user.username.as_str().to_owned(),
            email: user.email.as_str().to_owned(),
            pending_email: user.pending_email.as_ref().map(|email| email.as_str().to_owned()),
            email_verified_at: user.email_verified_at.map(instant),
            enrolment_verified_at: user.enrolment_verified_at.map(instant),
            nickname: user.nickname.as_str().to_owned(),
            nickname_changeable_at: me.nickname_changeable_at.map(instant),
            image_url: me.member.image.map(|image| viewer.media_url(image, Variant::Full)),
            school: SchoolRef::new(me.member.school.id, &me.member.school.name),
            admission_year: user.admission_year,
            role: user.role().as_str(),
            is_staff: user.is_staff,
            is_superuser: user.is_superuser,
            state: me.state.as_str(),
            restricted_until: me.restricted_until.map(instant),
            managed_boards: managed_boards.map(|board| BoardRef::new(board.id, &board.name)).collect(),
            settings: SettingsResponse::new(&user.settings),
            created_at: instant(user.created_at),
            updated_at: instant(user.updated_at),
        }
    }
}
