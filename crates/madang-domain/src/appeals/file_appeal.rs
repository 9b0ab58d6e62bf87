//! Appealing.

use super::{Appeal, AppealStatus, NewAppeal};
use crate::ctx::{Ctx, Moment};
use crate::ids::{SanctionId, UserId};
use crate::permissions::Denial;
use crate::store::{StoreError, UnitOfWork};
use crate::text::TextRule;

/// The rule of contents.
pub const CONTENTS_RULE: TextRule = TextRule::lines(1, 2000);

/// Why no appeal is taken.
#[derive(Debug, thiserror::Error)]
pub enum FileAppealError {
    /// No such sanction of this person.
    #[error("no such sanction")]
    NotFound,
    /// There is one already, or it is too late.
    #[error("the sanction cannot be appealed")]
    Denied(Denial),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Takes the caller's appeal against one of the own sanctions (SAN-4).
pub fn file_own_appeal(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    sanction: SanctionId,
    contents: &str,
) -> Result<Appeal, FileAppealError> {
    file_appeal(uow, ctx, ctx.actor.user, sanction, contents)
}

/// Takes the appeal of `person`, who is known to be that, against one of their sanctions.
pub fn file_appeal(
    uow: &mut dyn UnitOfWork,
    moment: &Moment,
    person: UserId,
    sanction: SanctionId,
    contents: &str,
) -> Result<Appeal, FileAppealError> {
    let Some(sanction) = uow.sanctions().find_own(person, sanction)? else {
        return Err(FileAppealError::NotFound);
    };
    sanction.check_appeal(moment).map_err(FileAppealError::Denied)?;
    let appeal = NewAppeal {
        id: moment.fresh(),
        sanction: sanction.id,
        school: sanction.school,
        contents: contents.to_owned(),
        created_at: moment.now,
    };
    if !uow.appeals().add(&appeal)? {
        return Err(FileAppealError::Denied(Denial::AlreadyAppealed));
    }
    Ok(Appeal {
        id: appeal.id,
        sanction: appeal.sanction,
        contents: appeal.contents,
        status: AppealStatus::Open,
        note: None,
        created_at: appeal.created_at,
        decided_at: None,
    })
}
