//! Sign-up.
//!
//! The door runs it in steps around the hash, which no unit of work waits for: [`examine_sign_up`] in a read unit names
//! what the database refuses; the door adds what the fields themselves and the password rule refuse and answers all of it
//! together; then it hashes, once, and [`sign_up`] in a write unit makes the account and its first session.

use crate::login_keys::LoginKeys;
use crate::open_session::{NewSession, SignedIn, open_session};
use crate::prove_address::mail_proof;
use crate::refresh_tokens::RefreshTokens;
use madang_domain::accounts::{
    AccountState, Email, Me, NewUser, Nickname, PasswordHash, Settings, User, Username,
};
use madang_domain::ctx::Moment;
use madang_domain::ids::{SchoolId, UserId};
use madang_domain::language::Language;
use madang_domain::schools::School;
use madang_domain::store::{StoreError, UnitOfWork};
use madang_domain::text::FieldError;

/// The fields that the database has a say in; `None` where the text itself is refused already.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignUpDraft {
    /// The school.
    pub school: Option<SchoolId>,
    /// The name to log in by.
    pub username: Option<Username>,
    /// What others are to see.
    pub nickname: Option<Nickname>,
    /// The address.
    pub email: Option<Email>,
}

/// What the database says to a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignUpFindings {
    /// The school's name, which is part of the password's context.
    pub school_name: Option<String>,
    /// The refused fields by the contract's names.
    pub refused: Vec<(&'static str, FieldError)>,
}

/// A sign-up whose fields have all passed.
#[derive(Clone, Debug)]
pub struct SignUp {
    /// The school.
    pub school: SchoolId,
    /// The name to log in by.
    pub username: Username,
    /// What others are to see.
    pub nickname: Nickname,
    /// The address.
    pub email: Email,
    /// The year of admission.
    pub admission_year: i32,
    /// The hashed password.
    pub password: PasswordHash,
    /// The language of mails until the user chooses another.
    pub language: Language,
    /// The session to be opened.
    pub session: NewSession,
}

/// Why nobody was signed up.
#[derive(Debug, thiserror::Error)]
pub enum SignUpError {
    /// These fields are refused; nothing was stored.
    #[error("fields are refused")]
    Refused(Vec<(&'static str, FieldError)>),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Names every field that the database refuses (ACC-1 to ACC-3, ACC-9). Says nothing about whether the address is known
/// (ACC-4).
pub fn examine_sign_up(uow: &mut dyn UnitOfWork, draft: &SignUpDraft) -> Result<SignUpFindings, StoreError> {
    let mut findings = SignUpFindings::default();
    if let Some(id) = draft.school {
        match uow.schools().find(id)? {
            None => findings.refused.push(("school_id", FieldError::InvalidChoice)),
            Some(school) => {
                if !school.settings.is_open {
                    findings.refused.push(("school_id", FieldError::Closed));
                }
                if draft.email.as_ref().is_some_and(|email| !may_sign_up(&school, email)) {
                    findings.refused.push(("email", FieldError::DomainNotAllowed));
                }
                findings.school_name = Some(school.settings.name);
            }
        }
    }
    let username = draft.username.as_ref().map(Username::key);
    let nickname = draft.nickname.as_ref().map(Nickname::key);
    let taken = uow.accounts().find_taken_names(username.as_deref(), nickname.as_deref())?;
    findings.refused.extend(taken.refusals());
    Ok(findings)
}

/// Makes the account as a guest, mails the link that proves its address and opens its first session (ACC-5). Refuses again
/// what has changed since the examination, a parallel sign-up included (CON-6).
pub fn sign_up(
    uow: &mut dyn UnitOfWork,
    moment: &Moment,
    keys: &LoginKeys,
    tokens: &RefreshTokens,
    command: &SignUp,
) -> Result<SignedIn, SignUpError> {
    let draft = SignUpDraft {
        school: Some(command.school),
        username: Some(command.username.clone()),
        nickname: Some(command.nickname.clone()),
        email: Some(command.email.clone()),
    };
    let refused = examine_sign_up(uow, &draft)?.refused;
    if !refused.is_empty() {
        return Err(SignUpError::Refused(refused));
    }
    let user = new_user(moment, command);
    let new = NewUser { user, password: command.password.clone(), enrolment: None };
    uow.accounts().add(&new)?;
    mail_proof(uow, moment, &new.user)?;
    let session = open_session(uow, moment, tokens, new.user.id, &command.session)?;
    let me = Me::find(uow, moment, new.user.id)?;
    Ok(SignedIn { me, session, device_cookie: Some(keys.device_cookie(moment, new.user.id)) })
}

/// Signs the same user in once more, for a repeated request of the same sign-up, whose first answer is not kept because it
/// held tokens. `None` when the user is gone meanwhile.
pub fn repeat_sign_up(
    uow: &mut dyn UnitOfWork,
    moment: &Moment,
    keys: &LoginKeys,
    tokens: &RefreshTokens,
    user: UserId,
    session: &NewSession,
) -> Result<Option<SignedIn>, StoreError> {
    if uow.accounts().find_for_change(user)?.is_none() {
        return Ok(None);
    }
    let session = open_session(uow, moment, tokens, user, session)?;
    let me = Me::find(uow, moment, user)?;
    Ok(Some(SignedIn { me, session, device_cookie: Some(keys.device_cookie(moment, user)) }))
}

fn may_sign_up(school: &School, email: &Email) -> bool {
    !school.settings.domains_only || school.admits(email.domain())
}

fn new_user(moment: &Moment, command: &SignUp) -> User {
    User {
        id: moment.fresh(),
        school: command.school,
        username: command.username.clone(),
        nickname: command.nickname.clone(),
        nickname_changed_at: None,
        email: command.email.clone(),
        email_verified_at: None,
        pending_email: None,
        is_staff: false,
        is_superuser: false,
        state: AccountState::Active,
        state_until: None,
        enrolment_verified_at: None,
        epoch: 0,
        admission_year: command.admission_year,
        settings: Settings::new(command.language),
        created_at: moment.now,
        updated_at: moment.now,
        withdrawn_at: None,
    }
}
