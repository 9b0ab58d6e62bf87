//! Sign-up (ACC-1 to ACC-5). Every refused field is named in one answer, whoever refuses it: the text, the password rule
//! or the stored world.

use super::tokens::{AuthResult, signed_in};
use super::values::{self, new_session};
use crate::answer::Answer;
use crate::call::{RepeatKey, Replay, Visit};
use crate::client;
use crate::extract::{Body, Fields, value};
use crate::limits::Rate;
use crate::problem::{Code, FieldProblem, Problem};
use crate::route::{Route, Visitor};
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use madang_auth::open_session::{NewSession, SignedIn};
use madang_auth::passwords::{Password, PasswordRule};
use madang_auth::sign_up::{SignUp, SignUpDraft, SignUpFindings, examine_sign_up, repeat_sign_up, sign_up};
use madang_domain::accounts::{Email, Nickname, Username};
use madang_domain::ctx::Moment;
use madang_domain::ids::{SchoolId, UserId};
use madang_domain::sessions::Delivery;
use madang_domain::store::{Outcome, UnitOfWork};
use std::sync::Arc;
use utoipa::ToSchema;
use uuid::Uuid;

pub(super) fn route() -> Route {
    Route::post("/auth/sign-up", Visitor, handle)
        .summary("Sign up")
        .body::<SignUpBody>()
        .rate(Rate::SignUp)
        .answers::<AuthResult>(201)
        .problems(&[Code::ServiceBusy])
}

/// Who wants an account.
#[derive(ToSchema)]
#[schema(as = SignUp)]
// Each field is there unless it was refused.
pub(super) struct SignUpBody {
    #[schema(value_type = Uuid, required)]
    school_id: Option<SchoolId>,
    /// 4 to 20 ASCII letters and digits; never changes.
    #[schema(value_type = String, required, min_length = 4, max_length = 20, pattern = "^[A-Za-z0-9]+$")]
    username: Option<Username>,
    #[schema(value_type = String, required, min_length = 8, max_length = 256, format = Password)]
    password: Option<Password>,
    #[schema(value_type = String, required, max_length = 254)]
    email: Option<Email>,
    /// 2 to 10 letters and digits of any script.
    #[schema(value_type = String, required, min_length = 2, max_length = 10)]
    nickname: Option<Nickname>,
    /// From 1950 to the next year.
    #[schema(value_type = i32, required, minimum = 1950)]
    admission_year: Option<i32>,
    /// How the refresh token shall travel: `cookie` (the default) or `body`.
    #[schema(value_type = Option<String>, nullable = false, pattern = "^(cookie|body)$")]
    token_delivery: Option<Delivery>,
}

impl Body for SignUpBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let policy = &fields.policy().accounts;
        Some(Self {
            school_id: fields.required("school_id", value::id),
            username: fields.required("username", value::parsed(|text| Username::parse(text, policy))),
            password: fields.required("password", values::password),
            email: fields.required("email", value::parsed(Email::parse)),
            nickname: fields.required("nickname", value::parsed(|text| Nickname::parse(text, policy))),
            admission_year: fields.required("admission_year", values::admission_year),
            token_delivery: fields.optional("token_delivery", value::choice(Delivery::from_word)).flatten(),
        })
    }
}

async fn handle(visit: Visit) -> Result<Answer, Problem> {
    let (Some(body), mut refused) = visit.draft::<SignUpBody>()? else {
        return Err(Code::MalformedRequest.into());
    };
    if let Some(year) = body.admission_year {
        let judged = values::check_admission_year(year, visit.moment().now);
        refused.extend(judged.err().map(|code| FieldProblem::new("admission_year", code)));
    }
    let repeat = visit.repeat_key()?;
    let session = new_session(&visit, body.token_delivery)?;
    let findings = match examine(&visit, &body, repeat.filter(|_| refused.is_empty())).await? {
        Examined::Answered(user) => return answer_again(&visit, user, session).await,
        Examined::Found(findings) => findings,
    };
    judge(&body, findings, visit.moment(), &mut refused);
    let SignUpBody {
        school_id: Some(school),
        username: Some(username),
        password: Some(password),
        email: Some(email),
        nickname: Some(nickname),
        admission_year: Some(admission_year),
        ..
    } = body
    else {
        return Err(Problem::fields(refused));
    };
    if !refused.is_empty() {
        return Err(Problem::fields(refused));
    }

    let (api, address, language) = (visit.api(), client::network(visit.address()), visit.language());
    let password = api.identity.passwords.hash(address, visit.moment(), password).await?;
    let (identity, later) = (Arc::clone(&api.identity), api.moment());
    let again = session.clone();
    let command = SignUp { school, username, nickname, email, admission_year, password, language, session };

    // The hash may have waited: what follows is judged at its own moment.
    let moment = later.clone();
    let signed_up = api.store.write::<_, Problem, _>(move |uow| {
        if let Some(Replay::Kept(kept)) = repeat.map(|key| key.claim(uow, &moment)).transpose()? {
            return Ok(Err(user_of(&kept)?));
        }
        let user = sign_up(uow, &moment, &identity.login, &identity.refresh, &command)?;
        if let Some(key) = repeat {
            uow.idempotency().keep(key.request, Uuid::from(user.session.user).as_bytes())?;
        }
        Ok(Ok(user))
    });
    match signed_up.await? {
        Ok(user) => created(&visit, &later, &user),
        Err(user) => answer_again(&visit, user, again).await,
    }
}

/// What the stored world says before anything is hashed.
enum Examined {
    /// The same request was answered before: with this user.
    Answered(UserId),
    /// What it refuses.
    Found(SignUpFindings),
}

async fn examine(visit: &Visit, body: &SignUpBody, repeat: Option<RepeatKey>) -> Result<Examined, Problem> {
    let draft = SignUpDraft {
        school: body.school_id,
        username: body.username.clone(),
        nickname: body.nickname.clone(),
        email: body.email.clone(),
    };
    let Some(key) = repeat else {
        let read = visit.api().store.read::<_, Problem, _>(move |uow| Ok(examine_sign_up(uow, &draft)?));
        return read.await.map(Examined::Found);
    };
    let looked = visit.change(Ok(draft), move |uow, moment, draft| match look(uow, moment, &key)? {
        Replay::Kept(kept) => user_of(&kept).map(Examined::Answered),
        Replay::First => Ok::<_, Problem>(Examined::Found(examine_sign_up(uow, draft)?)),
    });
    looked.await
}

/// What the key says, without claiming it: a claim would outlive a sign-up that breaks off while it is hashed.
fn look(uow: &mut dyn UnitOfWork, moment: &Moment, key: &RepeatKey) -> Result<Replay, Problem> {
    let mut seen = None;
    uow.part(&mut |uow| {
        seen = Some(key.claim(uow, moment));
        Outcome::RollBack
    })?;
    seen.unwrap_or_else(|| Err(Problem::internal("the part was not run")))
}

/// Adds what the stored world and the password rule refuse.
fn judge(body: &SignUpBody, findings: SignUpFindings, moment: &Moment, refused: &mut Vec<FieldProblem>) {
    refused.extend(findings.refused.into_iter().map(|(field, code)| FieldProblem::new(field, code)));
    let Some(password) = &body.password else { return };
    let context = [
        body.username.as_ref().map(Username::as_str),
        body.nickname.as_ref().map(Nickname::as_str),
        body.email.as_ref().map(Email::as_str),
        findings.school_name.as_deref(),
    ];
    let context: Vec<&str> = context.into_iter().flatten().collect();
    if let Err(code) = PasswordRule::of(&moment.policy.accounts).judge(password, &context) {
        refused.push(FieldProblem::new("password", code));
    }
}

fn user_of(kept: &[u8]) -> Result<UserId, Problem> {
    Uuid::from_slice(kept).map(UserId::from).map_err(Problem::internal)
}

fn created(visit: &Visit, moment: &Moment, user: &SignedIn) -> Result<Answer, Problem> {
    let answer = signed_in(visit, moment, StatusCode::CREATED, user)?;
    let url = HeaderValue::from_str(&visit.reply().url("/me")).map_err(Problem::internal)?;
    Ok(answer.with(header::LOCATION, url))
}

/// The same user with fresh tokens: those of the first answer were not kept.
async fn answer_again(visit: &Visit, user: UserId, session: NewSession) -> Result<Answer, Problem> {
    let identity = Arc::clone(&visit.api().identity);
    let repeated = visit.change(Ok(session), move |uow, moment, session| {
        repeat_sign_up(uow, moment, &identity.login, &identity.refresh, user, session)
    });
    let user = repeated.await?.ok_or(Problem::from(Code::NotFound))?;
    let answer = created(visit, visit.moment(), &user)?;
    Ok(answer.with(HeaderName::from_static("idempotency-replayed"), HeaderValue::from_static("true")))
}
