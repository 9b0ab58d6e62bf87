//! Taking over a user of another system, on the operator's word.

use crate::accounts::{
    AccountState, AddressHolder, Email, EnrolmentProof, NewUser, Nickname, PasswordHash, Settings, User,
    Username,
};
use crate::ctx::{Moment, Timestamp};
use crate::ids::UserId;
use crate::language::Language;
use crate::store::{StoreError, UnitOfWork};
use crate::text::FieldError;

/// A user to be taken over; every field is parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportUser {
    /// The name to log in by.
    pub username: Username,
    /// What others see.
    pub nickname: Nickname,
    /// The address.
    pub email: Email,
    /// Whether the address counts as proven, and with it the enrolment when it is one of the school's.
    pub is_proven: bool,
    /// The keyed hash of the address.
    pub enrolment: EnrolmentProof,
    /// The name of the school, which must be there.
    pub school: String,
    /// The year of admission.
    pub admission_year: i32,
    /// The password as the other system stored it.
    pub password: PasswordHash,
    /// When the user signed up there; kept for a proven address.
    pub joined_at: Timestamp,
    /// The language of mails until the user chooses another.
    pub language: Language,
}

/// What became of a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportedUser {
    /// Added.
    Added,
    /// Taken over before: the same username at the same school, of the same time or with the same address.
    AlreadyThere,
}

/// Why a user was not taken over.
#[derive(Debug, thiserror::Error)]
pub enum ImportUserError {
    /// These fields are refused; nothing was written.
    #[error("fields are refused")]
    Refused(Vec<(&'static str, FieldError)>),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Adds the user, unless that has happened before; whoever was taken over may have changed address, nickname and password
/// since, and keeps what they chose.
pub fn import_user(
    uow: &mut dyn UnitOfWork,
    moment: &Moment,
    command: &ImportUser,
) -> Result<ImportedUser, ImportUserError> {
    let school = uow.schools().find_named(&command.school)?;
    let Some(school) = school else {
        return Err(ImportUserError::Refused(vec![("school", FieldError::NotFound)]));
    };
    if let Some(user) = uow.accounts().find_by_username(&command.username.key())?
        && user.school == school.id
        && (user.created_at == command.joined_at || user.email.key() == command.email.key())
    {
        return Ok(ImportedUser::AlreadyThere);
    }
    let refused = refusals(uow, moment, command)?;
    if !refused.is_empty() {
        return Err(ImportUserError::Refused(refused));
    }
    // Whoever has to prove the address yet has as long for it as anybody who signs up now (ACC-21).
    let created_at = if command.is_proven { command.joined_at } else { moment.now };
    let enrols = command.is_proven && school.admits(command.email.domain());
    let user = User {
        id: moment.fresh(),
        school: school.id,
        username: command.username.clone(),
        nickname: command.nickname.clone(),
        nickname_changed_at: None,
        email: command.email.clone(),
        email_verified_at: command.is_proven.then_some(moment.now),
        pending_email: None,
        is_staff: false,
        is_superuser: false,
        state: AccountState::Active,
        state_until: None,
        enrolment_verified_at: enrols.then_some(moment.now),
        epoch: 0,
        admission_year: command.admission_year,
        settings: Settings::new(command.language),
        created_at,
        updated_at: moment.now,
        withdrawn_at: None,
    };
    let enrolment = enrols.then_some(command.enrolment);
    uow.accounts().add(&NewUser { user, password: command.password.clone(), enrolment })?;
    if enrols {
        uow.schools().bump_members(school.id, 1)?;
    }
    Ok(ImportedUser::Added)
}

fn refusals(
    uow: &mut dyn UnitOfWork,
    moment: &Moment,
    command: &ImportUser,
) -> Result<Vec<(&'static str, FieldError)>, StoreError> {
    let (username, nickname) = (command.username.key(), command.nickname.key());
    let taken = uow.accounts().find_taken_names(Some(&username), Some(&nickname))?;
    let mut refused: Vec<_> = taken.refusals().collect();
    if command.is_proven {
        let held = matches!(uow.accounts().find_holder(&command.email)?, Some(AddressHolder::Live(_)));
        // The new id belongs to nobody yet, so that no holder of the proof is excepted.
        let nobody: UserId = moment.fresh();
        if held || uow.accounts().exists_enrolment(command.enrolment, nobody)? {
            refused.push(("email", FieldError::Taken));
        }
    }
    if command.joined_at > moment.now {
        refused.push(("joined", FieldError::MaxValue));
    }
    Ok(refused)
}
