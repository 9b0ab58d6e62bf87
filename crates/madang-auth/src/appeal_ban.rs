//! Appealing against a ban, by the token that a refused login hands out (AUTH-3, SAN-4).

use madang_domain::accounts::LinkPurpose;
use madang_domain::appeals::{Appeal, FileAppealError, file_appeal};
use madang_domain::ctx::Moment;
use madang_domain::ids::UserId;
use madang_domain::outbox::LinkSecret;
use madang_domain::permissions::Denial;
use madang_domain::sanctions::{Sanction, SanctionKind};
use madang_domain::store::{StoreError, UnitOfWork};

/// Why no appeal is taken.
#[derive(Debug, thiserror::Error)]
pub enum AppealBanError {
    /// Unknown, used, expired, superseded, of another purpose, or older than the last change of the account's state.
    #[error("the token is not valid")]
    LinkInvalid,
    /// There is one already, or it is too late.
    #[error("the ban cannot be appealed")]
    Denied(Denial),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Takes the appeal of whoever was given the token, and uses the token up. A refusal leaves it as it is.
pub fn appeal_ban(
    uow: &mut dyn UnitOfWork,
    moment: &Moment,
    secret: &LinkSecret,
    contents: &str,
) -> Result<Appeal, AppealBanError> {
    let link = uow.links().find(&secret.digest())?.filter(|link| link.purpose == LinkPurpose::Appeal);
    let link = link.filter(|link| moment.now < link.expires_at).ok_or(AppealBanError::LinkInvalid)?;
    let user = uow.accounts().find_for_change(link.user)?.filter(|user| user.epoch == link.epoch);
    let user = user.ok_or(AppealBanError::LinkInvalid)?;
    let Some(ban) = find_running_ban(uow, moment, user.id)? else {
        return Err(AppealBanError::Denied(Denial::AppealClosed));
    };
    let appeal = file_appeal(uow, moment, user.id, ban.id, contents).map_err(|error| match error {
        FileAppealError::NotFound => AppealBanError::LinkInvalid,
        FileAppealError::Denied(denial) => AppealBanError::Denied(denial),
        FileAppealError::Store(error) => AppealBanError::Store(error),
    })?;
    match uow.links().mark_used(&link.digest, moment.now)? {
        true => Ok(appeal),
        false => Err(AppealBanError::LinkInvalid),
    }
}

/// The ban of `user` that ends last.
pub(crate) fn find_running_ban(
    uow: &mut dyn UnitOfWork,
    moment: &Moment,
    user: UserId,
) -> Result<Option<Sanction>, StoreError> {
    let running = uow.sanctions().list_running(user, moment.now)?;
    match running.iter().find(|one| one.kind == SanctionKind::Ban) {
        Some(ban) => uow.sanctions().find_own(user, ban.id),
        None => Ok(None),
    }
}
