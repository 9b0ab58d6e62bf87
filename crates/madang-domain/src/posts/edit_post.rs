//! Changing a post.

use super::words::holds_refused_word;
use super::{PostTextChange, PostView, hashtags};
use crate::actor::CallerStateError;
use crate::ctx::Ctx;
use crate::ids::PostId;
use crate::permissions::Denial;
use crate::store::{StoreError, UnitOfWork};
use crate::text::FieldError;
use crate::visibility::sight;

/// What changes; `None` leaves a field as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EditPost {
    /// The new title, `Some(None)` to clear it.
    pub title: Option<Option<String>>,
    /// The new text.
    pub contents: Option<String>,
    /// Whether comments are paused.
    pub comments_locked: Option<bool>,
}

/// Why a post is not changed.
#[derive(Debug, thiserror::Error)]
pub enum EditPostError {
    /// No such post for this caller.
    #[error("no such post")]
    NotFound,
    /// A guest in a board that is closed to guests.
    #[error("the caller's state forbids it")]
    Caller(CallerStateError),
    /// Not this caller's to change, or not now.
    #[error("the caller may not change it")]
    Denied(Denial),
    /// The post is not as the caller saw it.
    #[error("the post has changed")]
    PreconditionFailed,
    /// The board's switches, or its words, refuse fields.
    #[error("fields are refused")]
    Fields(Vec<(&'static str, FieldError)>),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Changes the caller's own post. `as_seen` tells whether the post still is what the caller last saw.
pub fn edit_post(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    id: PostId,
    command: EditPost,
    as_seen: &dyn Fn(&PostView) -> bool,
) -> Result<(), EditPostError> {
    let Some(post) = uow.posts().find_locked(&ctx.actor, id)? else { return Err(EditPostError::NotFound) };
    sight(&ctx.actor, post.facts()).map_err(EditPostError::Caller)?;
    post.check_own(&ctx.actor).map_err(EditPostError::Denied)?;
    if !as_seen(&post) {
        return Err(EditPostError::PreconditionFailed);
    }
    let title = command.title.unwrap_or_else(|| post.title.clone());
    let contents = command.contents.unwrap_or_else(|| post.contents.clone());
    let (title_changes, contents_change) = (title != post.title, contents != post.contents);
    if title_changes || contents_change {
        let changed_title = title_changes.then_some(title.as_deref());
        check_fields(ctx, &post, changed_title, contents_change.then_some(&contents))?;
        post.check_unanswered()
            .and_then(|()| post.check_thawed(ctx.now, &ctx.policy.posts))
            .map_err(EditPostError::Denied)?;
        let hashtags = hashtags(&contents, ctx.policy.posts.hashtags_max);
        let change = PostTextChange { title, contents, hashtags, updated_at: ctx.now };
        uow.posts().save_text(id, &change)?;
    }
    match command.comments_locked {
        Some(locked) if locked != post.comments_locked => uow.posts().save_comments_locked(id, locked)?,
        _ => {}
    }
    Ok(())
}

/// Only what changes is judged: a word or a switch that came later does not lock an old title.
fn check_fields(
    ctx: &Ctx,
    post: &PostView,
    title: Option<Option<&str>>,
    contents: Option<&String>,
) -> Result<(), EditPostError> {
    let refused_words = &ctx.policy.moderation.refused_words;
    let mut fields = Vec::new();
    match title {
        Some(None) if post.board_facts.title_required => fields.push(("title", FieldError::Required)),
        Some(Some(title)) if holds_refused_word(title, refused_words) => {
            fields.push(("title", FieldError::Filtered))
        }
        _ => {}
    }
    if contents.is_some_and(|contents| holds_refused_word(contents, refused_words)) {
        fields.push(("contents", FieldError::Filtered));
    }
    if fields.is_empty() { Ok(()) } else { Err(EditPostError::Fields(fields)) }
}
