//! The operator's way to an admin: the first one, and one more when all others are out of reach.

use crate::accounts::{AccountState, AddressHolder};
use crate::accounts::{Email, EnrolmentProof, NewUser, Nickname, PasswordHash, Settings, User, Username};
use crate::audit::{AuditAction, AuditEntry};
use crate::ctx::Moment;
use crate::ids::{SchoolId, UserId};
use crate::language::Language;
use crate::schools::SchoolSettings;
use crate::store::{StoreError, Topic, UnitOfWork};
use crate::text::FieldError;
use chrono::Datelike;

/// An admin to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateAdmin {
    /// The name to log in by.
    pub username: Username,
    /// What others see.
    pub nickname: Nickname,
    /// The address, taken as proven on the operator's word.
    pub email: Email,
    /// The name of the school, which is made when there is none of that name; parsed.
    pub school: String,
    /// The hashed password.
    pub password: PasswordHash,
    /// The keyed hash of the address.
    pub enrolment: EnrolmentProof,
    /// The language of the mails to the admin.
    pub language: Language,
}

/// Why no admin was made.
#[derive(Debug, thiserror::Error)]
pub enum CreateAdminError {
    /// These fields are refused; nothing was written.
    #[error("a name or the address is taken")]
    Refused(Vec<(&'static str, FieldError)>),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Makes an admin with proven address and enrolment, and the school where there is none of that name. Audited.
pub fn create_admin(
    uow: &mut dyn UnitOfWork,
    moment: &Moment,
    command: &CreateAdmin,
) -> Result<UserId, CreateAdminError> {
    let refused = refusals(uow, command)?;
    if !refused.is_empty() {
        return Err(CreateAdminError::Refused(refused));
    }
    let school = find_or_add_school(uow, moment, &command.school)?;
    let user = User {
        id: moment.fresh(),
        school,
        username: command.username.clone(),
        nickname: command.nickname.clone(),
        nickname_changed_at: None,
        email: command.email.clone(),
        email_verified_at: Some(moment.now),
        pending_email: None,
        is_staff: true,
        is_superuser: true,
        state: AccountState::Active,
        state_until: None,
        enrolment_verified_at: Some(moment.now),
        epoch: 0,
        admission_year: moment.now.year(),
        settings: Settings::new(command.language),
        created_at: moment.now,
        updated_at: moment.now,
        withdrawn_at: None,
    };
    let id = user.id;
    let enrolment = Some(command.enrolment);
    uow.accounts().add(&NewUser { user, password: command.password.clone(), enrolment })?;
    uow.schools().bump_members(school, 1)?;
    uow.audit().add_event(&AuditEntry::new(moment, AuditAction::AdminCreated).about(id))?;
    Ok(id)
}

fn refusals(
    uow: &mut dyn UnitOfWork,
    command: &CreateAdmin,
) -> Result<Vec<(&'static str, FieldError)>, StoreError> {
    let (username, nickname) = (command.username.key(), command.nickname.key());
    let taken = uow.accounts().find_taken_names(Some(&username), Some(&nickname))?;
    let mut refused: Vec<_> = taken.refusals().collect();
    let held = matches!(uow.accounts().find_holder(&command.email)?, Some(AddressHolder::Live(_)));
    // The new id belongs to nobody yet, so that no holder of the proof is excepted.
    if held || uow.accounts().exists_enrolment(command.enrolment, UserId(uuid::Uuid::nil()))? {
        refused.push(("email", FieldError::Taken));
    }
    Ok(refused)
}

fn find_or_add_school(uow: &mut dyn UnitOfWork, moment: &Moment, name: &str) -> Result<SchoolId, StoreError> {
    uow.exclusive(Topic::SchoolDomains)?;
    if let Some(school) = uow.schools().find_named(name)? {
        return Ok(school.id);
    }
    let id = moment.fresh();
    uow.schools().add(id, &SchoolSettings::named(name), moment.now)?;
    Ok(id)
}
