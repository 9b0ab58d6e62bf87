//! Opening a group board.

use super::{BoardCategory, BoardFlags, NewBoard};
use crate::actor::Role;
use crate::ctx::Ctx;
use crate::ids::BoardId;
use crate::permissions::Denial;
use crate::store::{StoreError, UnitOfWork};
use crate::text::FieldError;

/// What a member wants to open. Texts are parsed by the rules of boards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateBoard {
    /// The name.
    pub name: String,
    /// What it is about.
    pub description: String,
    /// Must be [`BoardCategory::Group`].
    pub category: BoardCategory,
    /// The switches that members set.
    pub flags: GroupFlags,
}

/// The switches that members set; all others keep their defaults (BRD-3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GroupFlags {
    /// Items may be anonymous.
    pub allow_anonymous: Option<bool>,
    /// Items must be anonymous.
    pub anonymous_only: Option<bool>,
    /// Posts may be questions.
    pub allow_questions: Option<bool>,
    /// Every post has a title.
    pub title_required: Option<bool>,
    /// Posts may become hot and best.
    pub hot_eligible: Option<bool>,
}

/// Why a board is not opened.
#[derive(Debug, thiserror::Error)]
pub enum CreateBoardError {
    /// The caller opens no boards.
    #[error("the caller may not open boards")]
    Denied(Denial),
    /// Fields are refused.
    #[error("fields are refused")]
    Fields(Vec<(&'static str, FieldError)>),
    /// The caller manages as many boards as anybody may (BRD-3).
    #[error("the caller manages enough boards")]
    LimitReached {
        /// How many one may manage.
        limit: i64,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl GroupFlags {
    /// All switches of the new board.
    pub fn over_defaults(self) -> BoardFlags {
        let flags = BoardFlags::default();
        BoardFlags {
            allow_anonymous: self.allow_anonymous.unwrap_or(flags.allow_anonymous),
            anonymous_only: self.anonymous_only.unwrap_or(flags.anonymous_only),
            allow_questions: self.allow_questions.unwrap_or(flags.allow_questions),
            title_required: self.title_required.unwrap_or(flags.title_required),
            hot_eligible: self.hot_eligible.unwrap_or(flags.hot_eligible),
            ..flags
        }
    }
}

/// Opens a board in the caller's school, managed by the caller, and answers its id.
pub fn create_board(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    command: CreateBoard,
) -> Result<BoardId, CreateBoardError> {
    let open = ctx.actor.check_role(Role::Student).and_then(|()| ctx.actor.check_unrestricted());
    open.map_err(|state| CreateBoardError::Denied(state.into()))?;
    let flags = command.flags.over_defaults();
    let school = ctx.actor.school;
    let mut refused = Vec::new();
    if command.category != BoardCategory::Group {
        refused.push(("category", FieldError::NotAllowed));
    }
    refused.extend(flags.check().err());
    if !uow.schools().hold(school)? {
        return Err(CreateBoardError::Denied(Denial::NotFound));
    }
    if uow.boards().exists_named(school, &command.name, None)? {
        refused.push(("name", FieldError::Taken));
    }
    if !refused.is_empty() {
        return Err(CreateBoardError::Fields(refused));
    }
    let limit = ctx.policy.boards.managed_max;
    uow.boards().hold_user(ctx.actor.user)?;
    let managed = uow.boards().list_managed(ctx.actor.user)?.len();
    if i64::try_from(managed).is_ok_and(|n| n >= limit) {
        return Err(CreateBoardError::LimitReached { limit });
    }
    let board = NewBoard {
        id: ctx.fresh(),
        school_id: school,
        name: command.name,
        description: command.description,
        category: command.category,
        flags,
        manager_id: Some(ctx.actor.user),
        created_at: ctx.now,
    };
    uow.boards().add(&board)?;
    Ok(board.id)
}
