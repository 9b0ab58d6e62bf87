//! What people deleted and may take back (DEL-2). One row an item, whatever its kind, kept beside the item itself: so
//! the trash is one list with one index, and no deleted anonymous item has to name its author.

mod entry;
mod list_trash;
mod repository;
mod restore_trash;

pub use entry::{TrashEntry, TrashKind, TrashView};
pub use list_trash::{TrashItem, list_trash};
pub use repository::TrashRepository;
pub use restore_trash::{RestoreTrashError, Restored, restore_trash};
