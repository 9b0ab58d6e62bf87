//! What a user changes of the own account: the nickname, the year of admission, the settings.

use crate::accounts::{Me, Nickname, SettingsPatch};
use crate::ctx::{Ctx, Timestamp};
use crate::ids::MediaId;
use crate::media::Purpose;
use crate::store::{StoreError, UnitOfWork};

/// A change of the own account; `None` leaves a field as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UpdateMe {
    /// The new nickname.
    pub nickname: Option<Nickname>,
    /// The upload that becomes the picture; `Some(None)` takes the picture away.
    pub image: Option<Option<MediaId>>,
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
    /// No unused upload of the caller for this purpose (MED-2).
    #[error("no such upload")]
    ImageNotFound,
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
    let image_changes = change_image(uow, ctx, before.member.image, command.image)?;
    if user == before.member.user && !image_changes {
        return Ok(before);
    }
    user.updated_at = ctx.now;
    uow.accounts().save(&user)?;
    Ok(Me::find(uow, ctx, id)?)
}

/// Whether the picture changes: naming the present one is no change.
fn change_image(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    present: Option<MediaId>,
    wanted: Option<Option<MediaId>>,
) -> Result<bool, UpdateMeError> {
    let user = ctx.actor.user;
    match wanted {
        Some(wanted) if wanted != present => match wanted {
            None => uow.media().drop_profile(user, ctx.now)?,
            Some(id) if uow.media().list_unattached(user, Purpose::Profile, &[id])?.is_empty() => {
                return Err(UpdateMeError::ImageNotFound);
            }
            Some(id) => uow.media().save_profile(user, id, ctx.now)?,
        },
        _ => return Ok(false),
    }
    Ok(true)
}
