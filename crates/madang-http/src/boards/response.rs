//! Boards as JSON.

use crate::problem::instant;
use crate::shapes::{BoardRef, Cannot, PostRef, SchoolRef, UserSummary, cannot};
use crate::viewer::Viewer;
use madang_domain::boards::{BoardCategory, BoardFlags, BoardSummary, BoardView};
use madang_domain::ctx::Ctx;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A board in a list.
#[derive(Serialize, ToSchema)]
#[schema(as = BoardItem)]
pub(crate) struct BoardItemResponse {
    id: Uuid,
    name: String,
    category: CategoryShape,
    /// Whether the caller keeps it at hand.
    is_favourite: bool,
    can: BoardItemCan,
    cannot: Cannot,
}

/// A board.
#[derive(Serialize, ToSchema)]
#[schema(as = Board)]
pub(crate) struct BoardResponse {
    id: Uuid,
    name: String,
    category: CategoryShape,
    /// Whether the caller keeps it at hand.
    is_favourite: bool,
    description: String,
    school: SchoolRef,
    #[serde(flatten)]
    flags: BoardFlagsShape,
    #[schema(required)]
    manager: Option<UserSummary>,
    /// The post on top, while it is visible.
    #[schema(required)]
    notice: Option<PostRef>,
    /// The open offer to another manager, shown to both.
    #[schema(required)]
    transfer: Option<BoardTransferResponse>,
    /// Live posts.
    post_count: i64,
    #[schema(format = DateTime)]
    created_at: String,
    #[schema(format = DateTime)]
    updated_at: String,
    can: BoardCan,
    cannot: Cannot,
}

/// An open offer of a board to another manager.
#[derive(Serialize, ToSchema)]
#[schema(as = BoardTransfer)]
pub(crate) struct BoardTransferResponse {
    board: BoardRef,
    from: UserSummary,
    to: UserSummary,
    #[schema(format = DateTime)]
    created_at: String,
    /// When it lapses.
    #[schema(format = DateTime)]
    expires_at: String,
}

/// What a board is for.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = BoardCategory)]
pub(crate) enum CategoryShape {
    Basic,
    Department,
    Career,
    Promotion,
    Group,
}

/// The switches of a board.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[schema(as = BoardFlags)]
pub(crate) struct BoardFlagsShape {
    allow_anonymous: bool,
    anonymous_only: bool,
    allow_questions: bool,
    guest_readable: bool,
    staff_write_only: bool,
    is_promotion: bool,
    hot_eligible: bool,
    searchable: bool,
    title_required: bool,
    comments_editable: bool,
    likes_cancellable: bool,
}

/// What this caller may do with a board in a list.
#[derive(Serialize, ToSchema)]
struct BoardItemCan {
    read: bool,
    post: bool,
}

/// What this caller may do with a board.
#[derive(Serialize, ToSchema)]
struct BoardCan {
    read: bool,
    post: bool,
    edit: bool,
    delete: bool,
    transfer: bool,
}

impl BoardItemResponse {
    pub(crate) fn new(board: &BoardSummary, ctx: &Ctx) -> Self {
        let (read, post) = (board.access.check_read(&ctx.actor), board.access.check_post(&ctx.actor));
        Self {
            id: board.id.into(),
            name: board.name.clone(),
            category: board.category.into(),
            is_favourite: board.is_favourite,
            can: BoardItemCan { read: read.is_ok(), post: post.is_ok() },
            cannot: cannot([("read", read), ("post", post)]),
        }
    }
}

impl BoardTransferResponse {
    /// The open offer of the board, if it concerns the caller.
    pub(super) fn of(view: &BoardView, ctx: &Ctx, viewer: &Viewer) -> Option<Self> {
        let offer = view.open_transfer(ctx)?;
        Some(Self {
            board: BoardRef::new(view.board.id, view.board.name.as_str()),
            from: UserSummary::new(&offer.from, viewer),
            to: UserSummary::new(&offer.to, viewer),
            created_at: instant(offer.created_at),
            expires_at: instant(offer.expires_at),
        })
    }
}

impl BoardResponse {
    pub(crate) fn new(view: &BoardView, ctx: &Ctx, viewer: &Viewer) -> Self {
        let (board, may) = (&view.board, view.permissions(ctx));
        Self {
            id: board.id.into(),
            name: board.name.clone(),
            category: board.category.into(),
            is_favourite: view.is_favourite,
            description: board.description.clone(),
            school: SchoolRef::new(view.school.id, view.school.name.as_str()),
            flags: board.flags.into(),
            manager: view.manager.as_ref().map(|manager| UserSummary::new(manager, viewer)),
            notice: view.notice.as_ref().map(PostRef::new),
            transfer: BoardTransferResponse::of(view, ctx, viewer),
            post_count: board.post_count,
            created_at: instant(board.created_at),
            updated_at: instant(board.updated_at),
            can: BoardCan {
                read: may.read.is_ok(),
                post: may.post.is_ok(),
                edit: may.edit.is_ok(),
                delete: may.delete.is_ok(),
                transfer: may.transfer.is_ok(),
            },
            cannot: cannot([
                ("read", may.read),
                ("post", may.post),
                ("edit", may.edit),
                ("delete", may.delete),
                ("transfer", may.transfer),
            ]),
        }
    }
}

impl From<BoardCategory> for CategoryShape {
    fn from(category: BoardCategory) -> Self {
        match category {
            BoardCategory::Basic => Self::Basic,
            BoardCategory::Department => Self::Department,
            BoardCategory::Career => Self::Career,
            BoardCategory::Promotion => Self::Promotion,
            BoardCategory::Group => Self::Group,
        }
    }
}

impl From<BoardFlags> for BoardFlagsShape {
    fn from(flags: BoardFlags) -> Self {
        Self {
            allow_anonymous: flags.allow_anonymous,
            anonymous_only: flags.anonymous_only,
            allow_questions: flags.allow_questions,
            guest_readable: flags.guest_readable,
            staff_write_only: flags.staff_write_only,
            is_promotion: flags.is_promotion,
            hot_eligible: flags.hot_eligible,
            searchable: flags.searchable,
            title_required: flags.title_required,
            comments_editable: flags.comments_editable,
            likes_cancellable: flags.likes_cancellable,
        }
    }
}
