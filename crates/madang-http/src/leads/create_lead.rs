//! `POST /leads`

use super::response::LeadResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::{Body, Fields, value};
use crate::problem::Problem;
use crate::route::Route;
use madang_domain::accounts::Email;
use madang_domain::leads::{CreateLead, Lead, MESSAGE_RULE, NAME_RULE, create_lead};
use utoipa::ToSchema;

pub(crate) fn route() -> Route {
    Route::post("/leads", Who::student().unrestricted(), handle)
        .summary("Add a lead of one's own")
        .body::<CreateLeadBody>()
        .answers_detail::<LeadResponse>(201)
}

/// A contact.
#[derive(ToSchema)]
#[schema(as = CreateLead)]
pub(crate) struct CreateLeadBody {
    #[schema(min_length = 1, max_length = 100)]
    name: String,
    /// Once among the own leads.
    #[schema(value_type = String, format = Email, max_length = 100)]
    email: Email,
    #[schema(max_length = 500)]
    message: Option<Option<String>>,
}

impl Body for CreateLeadBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let name = fields.required("name", value::trimmed(NAME_RULE));
        let email = fields.required("email", value::parsed(Lead::parse_email));
        let message = fields.nullable("message", value::text(MESSAGE_RULE));
        Some(Self { name: name?, email: email?, message: message? })
    }
}

impl CreateLeadBody {
    fn into_command(self) -> CreateLead {
        CreateLead { name: self.name, email: self.email, message: self.message.flatten() }
    }
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    call.write(
        call.body::<CreateLeadBody>().map(CreateLeadBody::into_command),
        |uow, ctx, command| create_lead(uow, ctx, command.clone()),
        |reply, lead| reply.created(&format!("/leads/{}", lead.id), &LeadResponse::new(&lead)),
    )
    .await
}
