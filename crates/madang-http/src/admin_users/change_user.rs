//! `PATCH /admin/users/{id}`

use super::response::AdminUserResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::{Body, Fields, value};
use crate::problem::{Code, Problem};
use crate::route::Route;
use madang_domain::accounts::{ChangeUser, GivenRole, change_user};
use madang_domain::ids::{SchoolId, UserId};
use utoipa::ToSchema;

pub(crate) fn route() -> Route {
    Route::patch("/admin/users/{id}", Who::admin().session_only(), handle)
        .summary("Give a role, set the proof of enrolment, move to another school")
        .body::<ChangeUserBody>()
        .answers_detail::<AdminUserResponse>(200)
        .if_match_required()
        .problems(&[Code::LastAdmin, Code::ManagesBoard])
}

/// What changes; a field that is left out stays as it is.
#[derive(ToSchema)]
#[schema(as = ChangeUser)]
pub(crate) struct ChangeUserBody {
    /// `student`, `moderator` or `admin`; who is no staff is a student or a guest by the enrolment.
    #[schema(value_type = Option<String>)]
    role: Option<GivenRole>,
    /// Taking it away makes a guest at once.
    enrolment_verified: Option<bool>,
    /// Makes a guest of the new school, unless the same request proves the enrolment.
    #[schema(value_type = Option<Uuid>)]
    school_id: Option<SchoolId>,
}

impl Body for ChangeUserBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let role = fields.optional("role", value::choice(given_role));
        let enrolment_verified = fields.optional("enrolment_verified", value::boolean);
        let school_id = fields.optional("school_id", value::id::<SchoolId>);
        Some(Self { role: role?, enrolment_verified: enrolment_verified?, school_id: school_id? })
    }
}

fn given_role(word: &str) -> Option<GivenRole> {
    match word {
        "student" => Some(GivenRole::Student),
        "moderator" => Some(GivenRole::Moderator),
        "admin" => Some(GivenRole::Admin),
        _ => None,
    }
}

impl ChangeUserBody {
    fn into_command(self) -> ChangeUser {
        ChangeUser { role: self.role, enrolment_verified: self.enrolment_verified, school: self.school_id }
    }
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: UserId = call.id("id")?;
    let precondition = call.precondition();
    call.write(
        call.body::<ChangeUserBody>().map(ChangeUserBody::into_command),
        move |uow, ctx, command| {
            let as_seen = |member: &_| precondition.holds(|| AdminUserResponse::new(member, ctx.now));
            let member = change_user(uow, ctx, id, command, &as_seen)?;
            Ok::<_, Problem>(AdminUserResponse::new(&member, ctx.now))
        },
        |reply, shape| reply.detail(&shape),
    )
    .await
}
