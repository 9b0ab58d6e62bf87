//! `POST /admin/schools`

use super::body;
use super::find_admin_school::find;
use super::response::AdminSchoolResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::{Body, Fields, value};
use crate::problem::Problem;
use crate::route::Route;
use madang_domain::schools::{
    EmailDomain, NAME_RULE, SchoolSettings, TimeZone, create_school, parse_time_zone,
};
use utoipa::ToSchema;

pub(crate) fn route() -> Route {
    Route::post("/admin/schools", Who::admin(), handle)
        .summary("Add a school")
        .body::<CreateSchoolBody>()
        .answers_detail::<AdminSchoolResponse>(201)
}

/// A new school.
#[derive(ToSchema)]
#[schema(as = CreateSchool)]
pub(crate) struct CreateSchoolBody {
    #[schema(min_length = 1, max_length = 60)]
    name: String,
    /// None of them, nor one above or below, may be another school's.
    #[schema(max_items = 20, value_type = Vec<String>)]
    email_domains: Vec<EmailDomain>,
    /// By default yes.
    #[schema(nullable = false)]
    domains_only: Option<bool>,
    /// By default yes.
    #[schema(nullable = false)]
    is_open: Option<bool>,
    /// IANA name; by default `Asia/Seoul`.
    #[schema(nullable = false, value_type = Option<String>)]
    time_zone: Option<TimeZone>,
}

impl Body for CreateSchoolBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let name = fields.required("name", value::trimmed(NAME_RULE));
        let email_domains = fields.required("email_domains", body::email_domains);
        let domains_only = fields.optional("domains_only", value::boolean);
        let is_open = fields.optional("is_open", value::boolean);
        let time_zone = fields.optional("time_zone", value::parsed(parse_time_zone));
        Some(Self {
            name: name?,
            email_domains: email_domains?,
            domains_only: domains_only?,
            is_open: is_open?,
            time_zone: time_zone?,
        })
    }
}

impl CreateSchoolBody {
    fn into_settings(self) -> SchoolSettings {
        let usual = SchoolSettings::named(self.name);
        SchoolSettings {
            email_domains: self.email_domains,
            domains_only: self.domains_only.unwrap_or(usual.domains_only),
            is_open: self.is_open.unwrap_or(usual.is_open),
            time_zone: self.time_zone.unwrap_or(usual.time_zone),
            ..usual
        }
    }
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    call.write(
        call.body::<CreateSchoolBody>().map(CreateSchoolBody::into_settings),
        |uow, ctx, settings| {
            let id = create_school(uow, ctx, settings.clone())?;
            find(uow, id)
        },
        |reply, found| {
            let id = found.school.id;
            reply.created(&format!("/admin/schools/{id}"), &AdminSchoolResponse::new(&found))
        },
    )
    .await
}
