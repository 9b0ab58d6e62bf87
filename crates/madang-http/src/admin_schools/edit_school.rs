//! `PATCH /admin/schools/{id}`

use super::body;
use super::find_admin_school::find;
use super::response::AdminSchoolResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::{Body, Fields, value};
use crate::problem::Problem;
use crate::route::Route;
use crate::schools::TermShape;
use madang_domain::ids::SchoolId;
use madang_domain::schools::{
    EditSchool, EmailDomain, NAME_RULE, Term, TimeZone, edit_school, parse_time_zone,
};
use utoipa::ToSchema;

pub(crate) fn route() -> Route {
    Route::patch("/admin/schools/{id}", Who::admin(), handle)
        .summary("Edit a school and its terms")
        .body::<EditSchoolBody>()
        .answers_detail::<AdminSchoolResponse>(200)
        .if_match_required()
}

/// What changes; a field that is left out stays as it is.
#[derive(ToSchema)]
#[schema(as = EditSchool)]
pub(crate) struct EditSchoolBody {
    #[schema(nullable = false, min_length = 1, max_length = 60)]
    name: Option<String>,
    #[schema(nullable = false, max_items = 20, value_type = Option<Vec<String>>)]
    email_domains: Option<Vec<EmailDomain>>,
    #[schema(nullable = false)]
    domains_only: Option<bool>,
    #[schema(nullable = false)]
    is_open: Option<bool>,
    /// IANA name.
    #[schema(nullable = false, value_type = Option<String>)]
    time_zone: Option<TimeZone>,
    /// All terms; they neither overlap nor repeat.
    #[schema(nullable = false, max_items = 200, value_type = Option<Vec<TermShape>>)]
    terms: Option<Vec<Term>>,
}

impl Body for EditSchoolBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let policy = fields.policy();
        let name = fields.optional("name", value::trimmed(NAME_RULE));
        let email_domains = fields.optional("email_domains", body::email_domains);
        let domains_only = fields.optional("domains_only", value::boolean);
        let is_open = fields.optional("is_open", value::boolean);
        let time_zone = fields.optional("time_zone", value::parsed(parse_time_zone));
        let terms = fields.optional("terms", body::terms(policy));
        Some(Self {
            name: name?,
            email_domains: email_domains?,
            domains_only: domains_only?,
            is_open: is_open?,
            time_zone: time_zone?,
            terms: terms?,
        })
    }
}

impl EditSchoolBody {
    fn into_command(self) -> EditSchool {
        EditSchool {
            name: self.name,
            email_domains: self.email_domains,
            domains_only: self.domains_only,
            is_open: self.is_open,
            time_zone: self.time_zone,
            terms: self.terms,
        }
    }
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: SchoolId = call.id("id")?;
    let precondition = call.precondition();
    call.write(
        call.body::<EditSchoolBody>().map(EditSchoolBody::into_command),
        move |uow, ctx, command| {
            let as_seen = |found: &_| precondition.holds(|| AdminSchoolResponse::new(found));
            edit_school(uow, ctx, id, command.clone(), &as_seen)?;
            find(uow, id)
        },
        |reply, found| reply.detail(&AdminSchoolResponse::new(&found)),
    )
    .await
}
