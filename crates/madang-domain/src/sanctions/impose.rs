//! What giving a sanction does, whatever it is.

use super::{NewSanction, SanctionKind};
use crate::ctx::Ctx;
use crate::notifications::{NewNotice, NoticeActor, NoticeTarget, NotificationKind, Recipient, TargetKind};
use crate::store::{StoreError, UnitOfWork};

/// Stores the sanction, puts it into effect, and tells whom it is for, who cannot choose not to be told (NOT-1).
pub(super) fn impose(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    sanction: &NewSanction,
    to: Recipient,
) -> Result<(), StoreError> {
    uow.sanctions().add(sanction)?;
    if sanction.kind != SanctionKind::Warning {
        uow.sanctions().enforce(sanction.subject, ctx.now)?;
    }
    let notice = NewNotice {
        id: ctx.fresh(),
        kind: NotificationKind::Sanction,
        to,
        but_not: None,
        by: None,
        actor: NoticeActor::Nobody,
        target: Some(NoticeTarget::other(TargetKind::Sanction, sanction.id)),
        at: ctx.now,
    };
    uow.notifications().add(&notice).map(drop)
}
