//! Opening the link that proves an address (ACC-6 to ACC-8).

use crate::answer::Answer;
use crate::call::Visit;
use crate::extract::{Body, Fields, value};
use crate::problem::{Code, Problem};
use crate::route::{Route, Visitor};
use madang_auth::link_tokens;
use madang_auth::verify_email::{EmailVerified, VerifyEmailError, verify_email};
use madang_domain::accounts::LinkPurpose;
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

pub(super) fn route() -> Route {
    Route::post("/auth/email/verify", Visitor, handle)
        .summary("Prove an e-mail address by its link")
        .body::<VerifyEmailBody>()
        .answers::<EmailVerifiedResponse>(200)
        .problems(&[Code::LinkInvalid, Code::EmailInUse, Code::RejoinTooSoon])
}

#[derive(ToSchema)]
#[schema(as = VerifyEmail)]
pub(super) struct VerifyEmailBody {
    /// What the link held.
    token: String,
}

impl Body for VerifyEmailBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self { token: fields.required("token", value::secret)? })
    }
}

/// What a link has proven.
#[derive(Serialize, ToSchema)]
#[schema(as = EmailVerified)]
pub(super) struct EmailVerifiedResponse {
    /// `sign_up`, or `change` when the address took the place of another.
    purpose: &'static str,
    /// Always `true`.
    email_verified: bool,
    /// Whether the enrolment is proven, by this or before.
    enrolment_verified: bool,
}

impl EmailVerifiedResponse {
    fn new(verified: EmailVerified) -> Self {
        let purpose = match verified.purpose {
            LinkPurpose::ChangeEmail => "change",
            LinkPurpose::VerifyEmail | LinkPurpose::ResetPassword | LinkPurpose::Appeal => "sign_up",
        };
        Self { purpose, email_verified: true, enrolment_verified: verified.enrolment_verified }
    }
}

async fn handle(visit: Visit) -> Result<Answer, Problem> {
    let identity = Arc::clone(&visit.api().identity);
    let done = visit.write(
        visit.body::<VerifyEmailBody>(),
        move |uow, moment, body| {
            let secret = link_tokens::parse(&body.token).ok_or(VerifyEmailError::LinkInvalid)?;
            verify_email(uow, moment, &identity.login, &secret)
        },
        |reply, verified| reply.ok(&EmailVerifiedResponse::new(verified)),
    );
    done.await
}
