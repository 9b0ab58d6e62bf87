//! Items of staff as JSON.

use crate::problem::instant;
use crate::shapes::{Author, BoardRef, Cannot, Media, cannot};
use crate::viewer::Viewer;
use madang_domain::removals::{ItemState, SeenItem};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// An item whatever became of it, until it is erased.
#[derive(Serialize, ToSchema)]
#[schema(as = ModeratedItem)]
pub(crate) struct ModeratedItemResponse {
    target_type: &'static str,
    target_id: Uuid,
    #[schema(required)]
    board: Option<BoardRef>,
    /// The label, when it is anonymous.
    author: Author,
    #[schema(required)]
    title: Option<String>,
    #[schema(required)]
    contents: Option<String>,
    images: Vec<Media>,
    item_state: &'static str,
    #[schema(format = DateTime)]
    created_at: String,
    /// When its author deleted or staff removed it.
    #[schema(required, format = DateTime)]
    deleted_at: Option<String>,
    /// `author` or `staff`.
    #[schema(required)]
    deleted_by: Option<&'static str>,
    /// Whether reports shall not hide it any more.
    immune: bool,
    can: ModeratedItemCan,
    cannot: Cannot,
}

/// What this caller may do with the item.
#[derive(Serialize, ToSchema)]
struct ModeratedItemCan {
    remove: bool,
    restore: bool,
    sanction: bool,
}

impl ModeratedItemResponse {
    pub(crate) fn new(seen: &SeenItem, viewer: &Viewer) -> Self {
        let SeenItem { item, can } = seen;
        let (deleted_at, deleted_by) = match (item.removed_at, item.deleted_at) {
            (Some(at), _) => (Some(at), Some("staff")),
            (None, Some(at)) => (Some(at), Some("author")),
            (None, None) => (None, None),
        };
        Self {
            target_type: item.item.kind().as_str(),
            target_id: item.item.id(),
            board: Some(BoardRef::new(item.board.id, item.board.name.clone())),
            author: Author::new(&item.author, item.is_post_author, viewer),
            title: item.title.clone(),
            contents: Some(item.contents.clone()),
            images: item.images.iter().map(|image| Media::new(image, viewer)).collect(),
            item_state: state_word(item.state()),
            created_at: instant(item.created_at),
            deleted_at: deleted_at.map(instant),
            deleted_by,
            immune: item.is_immune,
            cannot: cannot([("remove", can.remove), ("restore", can.restore), ("sanction", can.sanction)]),
            can: ModeratedItemCan {
                remove: can.remove.is_ok(),
                restore: can.restore.is_ok(),
                sanction: can.sanction.is_ok(),
            },
        }
    }
}

/// The contract's word.
pub(crate) fn state_word(state: ItemState) -> &'static str {
    match state {
        ItemState::Live => "live",
        ItemState::Hidden => "hidden",
        ItemState::Deleted => "deleted",
        ItemState::Removed => "removed",
    }
}
