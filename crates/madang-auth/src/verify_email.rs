//! Opening the link that proves an address (ACC-6 to ACC-10).

use crate::login_keys::LoginKeys;
use madang_domain::accounts::{AddressHolder, Email, LinkPurpose, OneTimeLink, User};
use madang_domain::audit::{AuditAction, AuditEntry};
use madang_domain::ctx::{Moment, Timestamp};
use madang_domain::outbox::LinkSecret;
use madang_domain::store::{StoreError, UnitOfWork};

/// What a link has proven.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EmailVerified {
    /// Whether the address is that of a new account or takes the place of another:
    /// [`VerifyEmail`](LinkPurpose::VerifyEmail) or [`ChangeEmail`](LinkPurpose::ChangeEmail).
    pub purpose: LinkPurpose,
    /// Whether the enrolment is proven now, by this or before.
    pub enrolment_verified: bool,
}

/// Why a link proved nothing.
#[derive(Debug, thiserror::Error)]
pub enum VerifyEmailError {
    /// Unknown, used, expired, superseded, or of another purpose.
    #[error("the link is not valid")]
    LinkInvalid,
    /// Another live account has proven the address, now or as its enrolment.
    #[error("another account has the address")]
    EmailInUse,
    /// A withdrawn account holds the address until its purge.
    #[error("a withdrawn account holds the address")]
    RejoinTooSoon {
        /// When the address is free.
        available_at: Timestamp,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Uses a link up: the address is proven, and with it the enrolment when it is one of the school's.
pub fn verify_email(
    uow: &mut dyn UnitOfWork,
    moment: &Moment,
    keys: &LoginKeys,
    secret: &LinkSecret,
) -> Result<EmailVerified, VerifyEmailError> {
    let proves =
        |link: &OneTimeLink| matches!(link.purpose, LinkPurpose::VerifyEmail | LinkPurpose::ChangeEmail);
    let link = uow.links().find(&secret.digest())?.filter(proves);
    let link = link.ok_or(VerifyEmailError::LinkInvalid)?;
    let user = uow.accounts().find_for_change(link.user)?.filter(|user| user.epoch == link.epoch);
    let mut user = user.ok_or(VerifyEmailError::LinkInvalid)?;
    if !uow.links().mark_used(&link.digest, moment.now)? {
        return Err(VerifyEmailError::LinkInvalid);
    }
    check_free(uow, moment, &user, &link.email)?;
    let proof = keys.enrolment_proof(&link.email.key());
    if uow.accounts().exists_enrolment(proof, user.id)? {
        return Err(VerifyEmailError::EmailInUse);
    }
    take_address(uow, moment, &mut user, &link)?;
    let enrols = user.enrolment_verified_at.is_none() && school_admits(uow, &user)?;
    if enrols {
        user.enrolment_verified_at = Some(moment.now);
    }
    uow.accounts().save(&user)?;
    if enrols {
        uow.accounts().save_enrolment(user.id, Some(proof))?;
        uow.schools().bump_members(user.school, 1)?;
    }
    let enrolment_verified = user.enrolment_verified_at.is_some();
    Ok(EmailVerified { purpose: link.purpose, enrolment_verified })
}

/// Refuses an address that another account has proven (ACC-7).
fn check_free(
    uow: &mut dyn UnitOfWork,
    moment: &Moment,
    user: &User,
    email: &Email,
) -> Result<(), VerifyEmailError> {
    match uow.accounts().find_holder(email)? {
        Some(AddressHolder::Live(holder)) if holder.id != user.id => Err(VerifyEmailError::EmailInUse),
        Some(AddressHolder::Withdrawn { purge_at }) => {
            let available_at = purge_at.unwrap_or(moment.now + moment.policy.accounts.withdrawal_purge);
            Err(VerifyEmailError::RejoinTooSoon { available_at })
        }
        _ => Ok(()),
    }
}

/// Puts the link's address in its place. A change ends the links that were mailed to the old address.
fn take_address(
    uow: &mut dyn UnitOfWork,
    moment: &Moment,
    user: &mut User,
    link: &OneTimeLink,
) -> Result<(), StoreError> {
    if link.purpose == LinkPurpose::ChangeEmail {
        user.email = link.email.clone();
        user.end_links(moment.now);
        let entry = AuditEntry::new(moment, AuditAction::EmailChanged).by(user.id).about(user.id);
        uow.audit().add_event(&entry)?;
    }
    user.email_verified_at = Some(moment.now);
    user.updated_at = moment.now;
    Ok(())
}

fn school_admits(uow: &mut dyn UnitOfWork, user: &User) -> Result<bool, StoreError> {
    let school = uow.schools().find(user.school)?;
    Ok(school.is_some_and(|school| school.admits(user.email.domain())))
}
