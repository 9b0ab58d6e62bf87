//! Opening a board as staff.

use super::check_manager;
use crate::actor::{CallerStateError, Role};
use crate::boards::acts::{CREATED, act};
use crate::boards::{BoardCategory, BoardFlags, NewBoard};
use crate::ctx::Ctx;
use crate::ids::{BoardId, SchoolId, UserId};
use crate::store::{StoreError, UnitOfWork};
use crate::text::FieldError;

/// What staff open. Texts are parsed by the rules of boards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateAnyBoard {
    /// Where.
    pub school_id: SchoolId,
    /// The name.
    pub name: String,
    /// What it is about.
    pub description: String,
    /// What it is for.
    pub category: BoardCategory,
    /// Who manages it.
    pub manager_id: Option<UserId>,
    /// The switches.
    pub flags: BoardFlags,
}

/// Why a board is not opened.
#[derive(Debug, thiserror::Error)]
pub enum CreateAnyBoardError {
    /// Not staff.
    #[error("the caller is not staff")]
    Caller(CallerStateError),
    /// Fields are refused.
    #[error("fields are refused")]
    Fields(Vec<(&'static str, FieldError)>),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Opens a board and answers its id.
pub fn create_any_board(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    command: CreateAnyBoard,
) -> Result<BoardId, CreateAnyBoardError> {
    ctx.actor.check_role(Role::Moderator).map_err(CreateAnyBoardError::Caller)?;
    let school = command.school_id;
    let mut refused = Vec::from_iter(command.flags.check().err());
    if !ctx.actor.is_staff_of(school) || !uow.schools().hold(school)? {
        refused.push(("school_id", FieldError::InvalidChoice));
        return Err(CreateAnyBoardError::Fields(refused));
    }
    if uow.boards().exists_named(school, &command.name, None)? {
        refused.push(("name", FieldError::Taken));
    }
    refused.extend(check_manager(uow, school, command.manager_id)?);
    if !refused.is_empty() {
        return Err(CreateAnyBoardError::Fields(refused));
    }
    let board = NewBoard {
        id: ctx.fresh(),
        school_id: school,
        name: command.name,
        description: command.description,
        category: command.category,
        flags: command.flags,
        manager_id: command.manager_id,
        created_at: ctx.now,
    };
    uow.boards().add(&board)?;
    uow.audit().add_act(&act(ctx, school, board.id, CREATED))?;
    Ok(board.id)
}
