//! Once more the mail that proves the address (ACC-6).

use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Route;
use crate::shapes::Accepted;
use madang_auth::resend_verification::resend_verification;

pub(super) fn route() -> Route {
    Route::post("/auth/email/resend", Who::guest(), handle)
        .summary("Mail the verification link again")
        .answers::<Accepted>(202)
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let done = call.write(
        call.nothing(),
        |uow, ctx, ()| resend_verification(uow, ctx),
        |reply, ()| reply.accepted(&Accepted::new(reply.language())),
    );
    done.await
}
