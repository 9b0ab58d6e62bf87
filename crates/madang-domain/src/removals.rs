//! Items as staff see and remove them (SAN-1). Managers act in their own boards, moderators in their school, admins anywhere;
//! nobody learns by it who wrote an anonymous item.

mod acts;
mod find_item;
mod item;
mod purge_removed;
mod put_back;
mod remove_item;
mod repository;
mod restore_item;
mod take_down;
mod target;

pub use find_item::{FindItemError, find_item};
pub use item::{ItemPermissions, ItemState, SeenItem, StaffItem};
pub use purge_removed::purge_removed;
pub use remove_item::{RemoveItem, RemoveItemError, remove_item};
pub use repository::RemovalRepository;
pub use restore_item::{RestoreItem, RestoreItemError, restore_item};
pub use target::{ItemRef, TargetKind};

pub(crate) use acts::{ItemAct, act};
pub(crate) use item::{
    StaffAccessError, check_interest, check_staff, find_for_staff, find_kept_for_staff, refuse_stranger,
};
pub(crate) use put_back::undo_removal;
pub(crate) use take_down::take_down;
