//! Changing a board as staff.

use super::check_manager;
use crate::actor::{CallerStateError, Role};
use crate::boards::acts::{EDITED, act};
use crate::boards::{BoardCategory, BoardChange, BoardFlags, StaffBoardView};
use crate::ctx::Ctx;
use crate::ids::{BoardId, UserId};
use crate::store::{StoreError, UnitOfWork};
use crate::text::FieldError;

/// What changes; `None` leaves a field as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EditAnyBoard {
    /// The name.
    pub name: Option<String>,
    /// What it is about.
    pub description: Option<String>,
    /// What it is for.
    pub category: Option<BoardCategory>,
    /// Who manages it, `Some(None)` for nobody (BRD-9).
    pub manager_id: Option<Option<UserId>>,
    /// The switches.
    pub flags: FlagChanges,
}

/// The switches to set; `None` leaves one as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FlagChanges {
    /// Items may be anonymous.
    pub allow_anonymous: Option<bool>,
    /// Items must be anonymous.
    pub anonymous_only: Option<bool>,
    /// Posts may be questions.
    pub allow_questions: Option<bool>,
    /// Guests may read.
    pub guest_readable: Option<bool>,
    /// Only staff of the school post.
    pub staff_write_only: Option<bool>,
    /// Posts advertise.
    pub is_promotion: Option<bool>,
    /// Posts may become hot and best.
    pub hot_eligible: Option<bool>,
    /// Searches and text filters across boards look in here.
    pub searchable: Option<bool>,
    /// Every post has a title.
    pub title_required: Option<bool>,
    /// Authors may edit comments.
    pub comments_editable: Option<bool>,
    /// Likes may be taken back.
    pub likes_cancellable: Option<bool>,
}

/// Why a board is not changed.
#[derive(Debug, thiserror::Error)]
pub enum EditAnyBoardError {
    /// Not staff.
    #[error("the caller is not staff")]
    Caller(CallerStateError),
    /// No such live board for this caller.
    #[error("no such board")]
    NotFound,
    /// The board is not as the caller saw it.
    #[error("the board has changed")]
    PreconditionFailed,
    /// Fields are refused.
    #[error("fields are refused")]
    Fields(Vec<(&'static str, FieldError)>),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl FlagChanges {
    /// `flags` with the changes made.
    pub fn over(self, flags: BoardFlags) -> BoardFlags {
        BoardFlags {
            allow_anonymous: self.allow_anonymous.unwrap_or(flags.allow_anonymous),
            anonymous_only: self.anonymous_only.unwrap_or(flags.anonymous_only),
            allow_questions: self.allow_questions.unwrap_or(flags.allow_questions),
            guest_readable: self.guest_readable.unwrap_or(flags.guest_readable),
            staff_write_only: self.staff_write_only.unwrap_or(flags.staff_write_only),
            is_promotion: self.is_promotion.unwrap_or(flags.is_promotion),
            hot_eligible: self.hot_eligible.unwrap_or(flags.hot_eligible),
            searchable: self.searchable.unwrap_or(flags.searchable),
            title_required: self.title_required.unwrap_or(flags.title_required),
            comments_editable: self.comments_editable.unwrap_or(flags.comments_editable),
            likes_cancellable: self.likes_cancellable.unwrap_or(flags.likes_cancellable),
        }
    }
}

/// Changes a board of the caller's school, or of any for an admin. `as_seen` tells whether it still is what the caller
/// last saw.
pub fn edit_any_board(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    id: BoardId,
    command: EditAnyBoard,
    as_seen: &dyn Fn(&StaffBoardView) -> bool,
) -> Result<(), EditAnyBoardError> {
    ctx.actor.check_role(Role::Moderator).map_err(EditAnyBoardError::Caller)?;
    // Names are given under the school's hold, which is taken before the board's, here as everywhere.
    let Some(unlocked) = uow.boards().find_for_staff(&ctx.actor, id)? else {
        return Err(EditAnyBoardError::NotFound);
    };
    if command.name.is_some() && !uow.schools().hold(unlocked.school.id)? {
        return Err(EditAnyBoardError::NotFound);
    }
    let found = uow.boards().find_for_staff_locked(&ctx.actor, id)?.filter(|view| view.deleted_at.is_none());
    let Some(view) = found else { return Err(EditAnyBoardError::NotFound) };
    if !as_seen(&view) {
        return Err(EditAnyBoardError::PreconditionFailed);
    }
    let present = BoardChange::from(&view.board);
    let change = BoardChange {
        name: command.name.unwrap_or_else(|| present.name.clone()),
        description: command.description.unwrap_or_else(|| present.description.clone()),
        category: command.category.unwrap_or(present.category),
        flags: command.flags.over(present.flags),
        manager_id: command.manager_id.unwrap_or(present.manager_id),
        ..present
    };
    if change == present {
        return Ok(());
    }
    check_fields(uow, &view, &present, &change)?;
    uow.boards().save(id, &BoardChange { updated_at: ctx.now, ..change })?;
    Ok(uow.audit().add_act(&act(ctx, view.board.school_id, id, EDITED))?)
}

fn check_fields(
    uow: &mut dyn UnitOfWork,
    view: &StaffBoardView,
    present: &BoardChange,
    change: &BoardChange,
) -> Result<(), EditAnyBoardError> {
    let school = view.board.school_id;
    let mut refused = Vec::from_iter(change.flags.check().err());
    if change.name != present.name && uow.boards().exists_named(school, &change.name, Some(view.board.id))? {
        refused.push(("name", FieldError::Taken));
    }
    if change.manager_id != present.manager_id {
        refused.extend(check_manager(uow, school, change.manager_id)?);
    }
    if refused.is_empty() { Ok(()) } else { Err(EditAnyBoardError::Fields(refused)) }
}
