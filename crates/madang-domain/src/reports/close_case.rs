//! What every decision on a case does.

use super::Outcome;
use super::tell::tell_reporters;
use crate::ctx::Ctx;
use crate::ids::CaseId;
use crate::store::{StoreError, UnitOfWork};

/// A decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// How.
    pub outcome: Outcome,
    /// Why, for staff.
    pub note: String,
    /// Whether the item shall not be hidden by reports any more.
    pub is_immune: bool,
}

impl Verdict {
    /// The item is gone, for this reason.
    pub(crate) fn removed(note: String) -> Self {
        Self { outcome: Outcome::Remove, note, is_immune: false }
    }
}

/// Decides an open case, which is held, and with it all its reports (RPT-4).
pub(crate) fn close_case(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    case: CaseId,
    verdict: &Verdict,
) -> Result<(), StoreError> {
    uow.reports().save_verdict(case, verdict, ctx.now)?;
    let reports = uow.reports().close_reports(case, verdict.outcome.verdict(), ctx.now)?;
    tell_reporters(uow, ctx, reports)
}
