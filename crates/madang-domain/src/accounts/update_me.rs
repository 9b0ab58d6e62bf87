//! What a user changes of the own account: the nickname, the year of admission, the settings.

use crate::accounts::{Me, Nickname, SettingsPatch};
use crate::ctx::{Ctx, Timestamp};
use crate::store::{StoreError, UnitOfWork};

/// A change of the own account; `None` leaves a field as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UpdateMe {
    /// The new nickname.
    pub nickname: Option<Nickname>,
    /// The year of admission, parsed at the door.
    pub admission_year: Option<i32>,
    /// Settings.
    pub settings: SettingsPatch,
}

/// Why the account was not changed.
#[derive(Debug, thiserror::Error)]
pub enum UpdateMeError {
    /// The representation that the caller changes is not the current one.
    #[error("the account has changed meanwhile")]
    PreconditionFailed,
    /// Somebody else has the nickname.
    #[error("the nickname is taken")]
    NicknameTaken,
    /// The nickname was changed too recently (ACC-12).
    #[error("the nickname was changed too recently")]
    NicknameCooldown {
        /// When it may be changed again.
        available_at: Timestamp,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Changes the caller's account when `precondition` holds for its current state. A nickname that equals the present one is
/// no change; one that differs in case only is.
pub fn update_me(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    command: &UpdateMe,
    precondition: &dyn Fn(&Me) -> bool,
) -> Result<Me, UpdateMeError> {
    let id = ctx.actor.user;
    let found = uow.accounts().find_for_change(id)?;
    let mut user = found.ok_or_else(|| StoreError::internal("the acting user has no row"))?;
    let before = Me::find(uow, ctx, id)?;
    if !precondition(&before) {
        return Err(UpdateMeError::PreconditionFailed);
    }
    if let Some(nickname) = command.nickname.as_ref().filter(|nickname| **nickname != user.nickname) {
        if uow.accounts().exists_nickname(&nickname.key(), Some(id))? {
            return Err(UpdateMeError::NicknameTaken);
        }
        if let Some(available_at) = before.nickname_changeable_at {
            return Err(UpdateMeError::NicknameCooldown { available_at });
        }
        user.nickname = nickname.clone();
        user.nickname_changed_at = Some(ctx.now);
    }
    user.admission_year = command.admission_year.unwrap_or(user.admission_year);
    command.settings.apply(&mut user.settings);
    if user == before.member.user {
        return Ok(before);
    }
    user.updated_at = ctx.now;
    uow.accounts().save(&user)?;
    Ok(Me::find(uow, ctx, id)?)
}
