//! An item as staff see it, whatever became of it.

use super::ItemRef;
use crate::actor::{Actor, Role};
use crate::boards::BoardRef;
use crate::ctx::{Ctx, Timestamp};
use crate::ids::{CommentId, PostId, SchoolId, UserId};
use crate::media::PostImage;
use crate::permissions::{Denial, Permission};
use crate::posts::{Author, ReportReason};
use crate::store::{StoreError, UnitOfWork};

/// What became of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ItemState {
    /// Members read it, if what contains it lives.
    Live,
    /// Its author alone reads it, until it is judged.
    Hidden,
    /// Its author deleted it.
    Deleted,
    /// Staff removed it.
    Removed,
}

/// A post or comment with its place, in any state, until it is erased. Who wrote an anonymous one is not in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffItem {
    /// Which.
    pub item: ItemRef,
    /// The post that it is or stands under.
    pub post_id: PostId,
    /// The comment that it replies to.
    pub parent_id: Option<CommentId>,
    /// The board.
    pub board: BoardRef,
    /// The board's school.
    pub school: SchoolId,
    /// Who manages the board.
    pub manager: Option<UserId>,
    /// Who wrote it, as far as others may know.
    pub author: Author,
    /// The label of an anonymous writer in the thread: 0 for the author of the post.
    pub number: Option<u32>,
    /// Whether it is openly by the author of the post (ANON-2).
    pub is_post_author: bool,
    /// Whether somebody named who is staff wrote it; of anonymous ones nothing is known.
    pub author_is_staff: bool,
    /// Whether the caller wrote it.
    pub is_mine: bool,
    /// The title.
    pub title: Option<String>,
    /// The text; empty once it is erased.
    pub contents: String,
    /// The images in order.
    pub images: Vec<PostImage>,
    /// Why it is hidden, when it is.
    pub hidden_reason: Option<ReportReason>,
    /// Whether it shall not be hidden by reports any more (RPT-4).
    pub is_immune: bool,
    /// Whether what contains it is neither deleted nor removed.
    pub container_is_live: bool,
    /// When it was written.
    pub created_at: Timestamp,
    /// When its author deleted it.
    pub deleted_at: Option<Timestamp>,
    /// When staff removed it.
    pub removed_at: Option<Timestamp>,
}

/// What the caller may do with an item as staff.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ItemPermissions {
    /// Remove it.
    pub remove: Permission,
    /// Take a removal back.
    pub restore: Permission,
    /// Give its author a sanction.
    pub sanction: Permission,
}

/// An item as one of the staff sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenItem {
    /// The item.
    pub item: StaffItem,
    /// What the caller may do.
    pub can: ItemPermissions,
}

/// Why an item is not for this caller to act on.
#[derive(Debug, thiserror::Error)]
pub enum StaffAccessError {
    /// No such item for this caller.
    #[error("no such item")]
    NotFound,
    /// The caller is no staff of the item's board.
    #[error("the caller is not staff here")]
    Forbidden,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl StaffItem {
    /// What became of it. Removal weighs more than deletion: it is undone by another side.
    pub fn state(&self) -> ItemState {
        match self {
            Self { removed_at: Some(_), .. } => ItemState::Removed,
            Self { deleted_at: Some(_), .. } => ItemState::Deleted,
            Self { hidden_reason: Some(_), .. } => ItemState::Hidden,
            _ => ItemState::Live,
        }
    }

    /// Whether it is neither deleted nor removed, hidden or not.
    pub fn is_live(&self) -> bool {
        self.deleted_at.is_none() && self.removed_at.is_none()
    }

    /// Whether its text has been erased for good (DEL-6).
    pub fn is_erased(&self) -> bool {
        self.contents.is_empty()
    }

    /// All that it says, as cases and warnings keep it.
    pub(crate) fn text(&self) -> String {
        let captions = self.images.iter().filter_map(|image| image.caption.as_deref());
        let parts: Vec<&str> =
            self.title.as_deref().into_iter().chain([self.contents.as_str()]).chain(captions).collect();
        parts.join("\n\n")
    }

    /// Whether `actor` is staff of its board (BRD-4, RPT-6).
    pub fn is_moderated_by(&self, actor: &Actor) -> bool {
        actor.is_staff_of(self.school) || (actor.role >= Role::Student && self.manager == Some(actor.user))
    }

    /// Whether `actor` is free to act on it: it is neither their own (RPT-6) nor, unless they are admin, other staff's (SAN-2).
    pub(crate) fn check_interest(&self, actor: &Actor) -> Permission {
        check_interest(actor, self.is_mine, self.author_is_staff)
    }

    /// Whether the caller, who is staff here, may remove it.
    pub(crate) fn check_remove(&self, actor: &Actor) -> Permission {
        self.check_interest(actor)?;
        if self.removed_at.is_some() { Err(Denial::AlreadyDecided) } else { Ok(()) }
    }

    /// Whether the caller, who is staff here, may take a removal back: while there is something to take back, into a board
    /// and a post that still live (CMT-7).
    pub(crate) fn check_restore(&self, actor: &Actor) -> Permission {
        self.check_interest(actor)?;
        if self.is_restorable() { Ok(()) } else { Err(Denial::NotRestorable) }
    }

    /// Whether there is something to take back, and a place for it.
    pub(super) fn is_restorable(&self) -> bool {
        self.removed_at.is_some() && self.container_is_live && !self.is_erased()
    }

    /// The item with what `actor`, who is staff here and may or may not give its author a `sanction`, may do.
    pub(super) fn seen(self, actor: &Actor, sanction: Permission) -> SeenItem {
        let can = ItemPermissions {
            remove: self.check_remove(actor),
            restore: self.check_restore(actor),
            sanction,
        };
        SeenItem { item: self, can }
    }
}

/// Whether `actor`, who sees an item of a board that `manager` manages, may remove it: its staff may, but nobody decides on
/// what is their own (BRD-4, RPT-6). Who sees an item belongs to its school or is admin.
pub(crate) fn check_staff(
    actor: &Actor,
    manager: Option<UserId>,
    is_mine: bool,
    author_is_staff: bool,
) -> Permission {
    actor.check_role(Role::Student)?;
    if actor.role < Role::Moderator && manager != Some(actor.user) {
        return Err(Denial::Forbidden);
    }
    check_interest(actor, is_mine, author_is_staff)
}

/// Nobody decides on what is their own, and nobody but admins on what other staff did by name.
pub(crate) fn check_interest(actor: &Actor, is_mine: bool, is_of_staff: bool) -> Permission {
    match is_mine || (is_of_staff && !actor.is_admin()) {
        true => Err(Denial::ConflictOfInterest),
        false => Ok(()),
    }
}

/// The item, kept from other writers, if the caller is staff of its board. Whoever manages no board at all has no business
/// here, and is told so whatever the item is.
pub(crate) fn find_for_staff(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    item: ItemRef,
) -> Result<StaffItem, StaffAccessError> {
    let actor = &ctx.actor;
    match uow.removals().find_locked(actor, item)? {
        Some(found) if found.is_moderated_by(actor) => Ok(found),
        Some(found) if found.is_live() && found.container_is_live => Err(StaffAccessError::Forbidden),
        _ => Err(refuse_stranger(uow, actor)?),
    }
}

/// As [`find_for_staff`], for what acts on the text: nothing does once that is erased (DEL-6).
pub(crate) fn find_kept_for_staff(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    item: ItemRef,
) -> Result<StaffItem, StaffAccessError> {
    let found = find_for_staff(uow, ctx, item)?;
    if found.is_erased() { Err(StaffAccessError::NotFound) } else { Ok(found) }
}

/// What somebody is told of an item that is not there for them.
pub(crate) fn refuse_stranger(
    uow: &mut dyn UnitOfWork,
    actor: &Actor,
) -> Result<StaffAccessError, StoreError> {
    let is_staff = actor.role >= Role::Moderator || !uow.boards().list_managed(actor.user)?.is_empty();
    Ok(if is_staff { StaffAccessError::NotFound } else { StaffAccessError::Forbidden })
}
