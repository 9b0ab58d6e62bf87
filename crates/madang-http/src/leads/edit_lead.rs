//! `PATCH /leads/{id}`

use super::response::LeadResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::{Body, Fields, value};
use crate::problem::Problem;
use crate::route::Route;
use madang_domain::accounts::Email;
use madang_domain::ids::LeadId;
use madang_domain::leads::{EditLead, Lead, MESSAGE_RULE, NAME_RULE, edit_lead};
use utoipa::ToSchema;

pub(crate) fn route() -> Route {
    Route::patch("/leads/{id}", Who::student().unrestricted(), handle)
        .summary("Change an own lead")
        .body::<EditLeadBody>()
        .answers_detail::<LeadResponse>(200)
}

/// What changes; a field that is left out stays as it is.
#[derive(ToSchema)]
#[schema(as = EditLead)]
pub(crate) struct EditLeadBody {
    #[schema(nullable = false, min_length = 1, max_length = 100)]
    name: Option<String>,
    /// Once among the own leads.
    #[schema(nullable = false, value_type = Option<String>, format = Email, max_length = 100)]
    email: Option<Email>,
    /// Null takes it away.
    #[schema(max_length = 500)]
    message: Option<Option<String>>,
}

impl Body for EditLeadBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let name = fields.optional("name", value::trimmed(NAME_RULE));
        let email = fields.optional("email", value::parsed(Lead::parse_email));
        let message = fields.nullable("message", value::text(MESSAGE_RULE));
        Some(Self { name: name?, email: email?, message: message? })
    }
}

impl EditLeadBody {
    fn into_command(self) -> EditLead {
        EditLead { name: self.name, email: self.email, message: self.message }
    }
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: LeadId = call.id("id")?;
    let precondition = call.precondition();
    call.write(
        call.body::<EditLeadBody>().map(EditLeadBody::into_command),
        move |uow, ctx, command| {
            let as_seen = |lead: &Lead| precondition.holds(|| LeadResponse::new(lead));
            edit_lead(uow, ctx, id, command.clone(), &as_seen)
        },
        |reply, lead| reply.detail(&LeadResponse::new(&lead)),
    )
    .await
}
