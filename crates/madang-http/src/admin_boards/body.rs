//! The switches in bodies of staff.

use crate::extract::{Fields, value};
use madang_domain::boards::FlagChanges;
use utoipa::ToSchema;

/// The switches to set.
#[derive(ToSchema)]
#[schema(as = BoardFlagChanges)]
#[expect(dead_code, reason = "documents the fields that read_flags reads")]
pub(super) struct FlagsBody {
    #[schema(nullable = false)]
    allow_anonymous: Option<bool>,
    /// Needs `allow_anonymous`.
    #[schema(nullable = false)]
    anonymous_only: Option<bool>,
    #[schema(nullable = false)]
    allow_questions: Option<bool>,
    #[schema(nullable = false)]
    guest_readable: Option<bool>,
    #[schema(nullable = false)]
    staff_write_only: Option<bool>,
    #[schema(nullable = false)]
    is_promotion: Option<bool>,
    #[schema(nullable = false)]
    hot_eligible: Option<bool>,
    #[schema(nullable = false)]
    searchable: Option<bool>,
    #[schema(nullable = false)]
    title_required: Option<bool>,
    #[schema(nullable = false)]
    comments_editable: Option<bool>,
    #[schema(nullable = false)]
    likes_cancellable: Option<bool>,
}

/// Reads all switches.
pub(super) fn read_flags(fields: &mut Fields<'_>) -> Option<FlagChanges> {
    let mut read = |name| fields.optional(name, value::boolean);
    let allow_anonymous = read("allow_anonymous");
    let anonymous_only = read("anonymous_only");
    let allow_questions = read("allow_questions");
    let guest_readable = read("guest_readable");
    let staff_write_only = read("staff_write_only");
    let is_promotion = read("is_promotion");
    let hot_eligible = read("hot_eligible");
    let searchable = read("searchable");
    let title_required = read("title_required");
    let comments_editable = read("comments_editable");
    let likes_cancellable = read("likes_cancellable");
    Some(FlagChanges {
        allow_anonymous: allow_anonymous?,
        anonymous_only: anonymous_only?,
        allow_questions: allow_questions?,
        guest_readable: guest_readable?,
        staff_write_only: staff_write_only?,
        is_promotion: is_promotion?,
        hot_eligible: hot_eligible?,
        searchable: searchable?,
        title_required: title_required?,
        comments_editable: comments_editable?,
        likes_cancellable: likes_cancellable?,
    })
}
