//! Changing a post.

use super::change::{ChangePostError, find_own};
use super::create_post::text_digest;
use super::words::holds_word;
use super::{PostTextChange, PostView, SeenPost, hashtags};
use crate::ctx::Ctx;
use crate::ids::PostId;
use crate::media::{Arranged, PostImage, WantedImage, arrange};
use crate::reports::flag_post;
use crate::store::{StoreError, UnitOfWork};
use crate::text::FieldError;
use std::borrow::Cow;

/// What changes; `None` leaves a field as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EditPost {
    /// The new title, `Some(None)` to clear it.
    pub title: Option<Option<String>>,
    /// The new text.
    pub contents: Option<String>,
    /// All images that shall stand in it, in order.
    pub images: Option<Vec<WantedImage>>,
    /// Whether comments are paused.
    pub comments_locked: Option<bool>,
}

/// Why a post is not edited.
#[derive(Debug, thiserror::Error)]
pub enum EditPostError {
    /// It is not this caller's to change, or not as seen.
    #[error(transparent)]
    Change(#[from] ChangePostError),
    /// The board's switches, or its words, refuse fields.
    #[error("fields are refused")]
    Fields(Vec<(Cow<'static, str>, FieldError)>),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Edits the caller's own post. `as_seen` tells whether the post still is what the caller last saw.
pub fn edit_post(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    id: PostId,
    command: EditPost,
    as_seen: &dyn Fn(&SeenPost) -> bool,
) -> Result<(), EditPostError> {
    let post = find_own(uow, ctx, id, as_seen)?;
    let unrestricted = ctx.actor.check_unrestricted_in(post.board.id);
    unrestricted.map_err(|state| ChangePostError::Denied(state.into()))?;
    let title = command.title.unwrap_or_else(|| post.title.clone());
    let contents = command.contents.unwrap_or_else(|| post.contents.clone());
    let (title_changes, contents_change) = (title != post.title, contents != post.contents);
    let images = command.images.filter(|wanted| !are_as_wanted(&post.images, wanted));
    if title_changes || contents_change || images.is_some() {
        let changed_title = title_changes.then_some(title.as_deref());
        let refused = judge_fields(ctx, &post, changed_title, contents_change.then_some(&contents));
        let arranged = judge_images(uow, ctx, &post, images.as_deref(), refused)?;
        post.check_unanswered()
            .and_then(|()| post.check_thawed(ctx.now, &ctx.policy.posts))
            .map_err(ChangePostError::Denied)?;
        let hashtags = hashtags(&contents, ctx.policy.posts.hashtags_max);
        let images = arranged.as_ref().map_or(post.images, |arranged| arranged.images.clone());
        let change = PostTextChange { title, contents, hashtags, images, updated_at: ctx.now };
        uow.posts().save_text(id, &change)?;
        if ctx.policy.posts.refuse_duplicate {
            let before = text_digest(post.title.as_deref(), &post.contents);
            let after = text_digest(change.title.as_deref(), &change.contents);
            uow.posts().replace_text(ctx.actor.user, id, before, after)?;
        }
        let title = change.title.as_deref().filter(|_| title_changes);
        let contents = contents_change.then_some(change.contents.as_str());
        let captions = arranged.iter().flat_map(|arranged| &arranged.captions).map(String::as_str);
        flag_post(uow, ctx, id, title.into_iter().chain(contents).chain(captions))?;
        if let Some(arranged) = arranged {
            arranged.carry_out(uow, ctx, id)?;
        }
    }
    match command.comments_locked {
        Some(locked) if locked != post.comments_locked => uow.posts().save_comments_locked(id, locked)?,
        _ => {}
    }
    Ok(())
}

/// Only what changes is judged: a word or a switch that came later does not lock an old title.
fn judge_fields(
    ctx: &Ctx,
    post: &PostView,
    title: Option<Option<&str>>,
    contents: Option<&String>,
) -> Vec<(Cow<'static, str>, FieldError)> {
    let refused_words = &ctx.policy.moderation.refused_words;
    let mut fields = Vec::new();
    match title {
        Some(None) if post.board_facts.title_required => fields.push(("title".into(), FieldError::Required)),
        Some(Some(title)) if holds_word(title, refused_words) => {
            fields.push(("title".into(), FieldError::Filtered));
        }
        _ => {}
    }
    if contents.is_some_and(|contents| holds_word(contents, refused_words)) {
        fields.push(("contents".into(), FieldError::Filtered));
    }
    fields
}

/// Judges the images, if they change, and tells what is `refused` together with theirs.
fn judge_images(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    post: &PostView,
    wanted: Option<&[WantedImage]>,
    mut refused: Vec<(Cow<'static, str>, FieldError)>,
) -> Result<Option<Arranged>, EditPostError> {
    let arranged = wanted.map(|wanted| arrange(uow, ctx, &post.images, wanted)).transpose()?.transpose();
    match arranged {
        Ok(arranged) if refused.is_empty() => Ok(arranged),
        images => {
            refused.extend(images.err().into_iter().flatten().map(|(field, code)| (field.into(), code)));
            Err(EditPostError::Fields(refused))
        }
    }
}

/// Whether `present` are the wanted images already, so that nothing changes (POST-7).
fn are_as_wanted(present: &[PostImage], wanted: &[WantedImage]) -> bool {
    present.len() == wanted.len()
        && present
            .iter()
            .zip(wanted)
            .all(|(image, wanted)| image.id == wanted.id && image.caption == wanted.caption)
}
