//! Writing a post.

use super::words::holds_word;
use super::{NewPost, PostingScope, hashtags};
use crate::boards::Board;
use crate::ctx::{Ctx, Timestamp};
use crate::fold::fold_spaces;
use crate::ids::{BoardId, PostId};
use crate::media::{WantedImage, arrange};
use crate::permissions::Denial;
use crate::reports::flag_post;
use crate::store::{StoreError, UnitOfWork};
use crate::text::FieldError;
use chrono::TimeDelta;
use sha2::{Digest, Sha256};
use std::borrow::Cow;

/// What somebody wants to write. Texts are parsed by the rules of POST-1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreatePost {
    /// Where.
    pub board_id: BoardId,
    /// The title, if any.
    pub title: Option<String>,
    /// The text.
    pub contents: String,
    /// `None` takes the board's habit: anonymous where nothing else is allowed.
    pub is_anonymous: Option<bool>,
    /// Whether it asks something.
    pub is_question: bool,
    /// The images in order.
    pub images: Vec<WantedImage>,
    /// Whether comments are paused from the start.
    pub comments_locked: bool,
}

/// Why a post is not written.
#[derive(Debug, thiserror::Error)]
pub enum CreatePostError {
    /// No such board for this caller.
    #[error("no such board")]
    BoardNotFound,
    /// The caller may not write here.
    #[error("the caller may not write here")]
    Denied(Denial),
    /// The board's switches, or its words, refuse fields.
    #[error("fields are refused")]
    Fields(Vec<(Cow<'static, str>, FieldError)>),
    /// The same text as the caller's previous post (POST-3).
    #[error("the same text again")]
    DuplicateText,
    /// Too soon after the last one (POST-2).
    #[error("too soon")]
    Cooldown {
        /// When it is possible again.
        available_at: Timestamp,
        /// How long that is from now.
        wait: TimeDelta,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Writes a post and answers its id.
pub fn create_post(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    command: CreatePost,
) -> Result<PostId, CreatePostError> {
    let found = uow.boards().find(command.board_id)?.filter(|board| board.is_in_sight_of(&ctx.actor));
    let Some(board) = found else { return Err(CreatePostError::BoardNotFound) };
    board.check_post(&ctx.actor).map_err(CreatePostError::Denied)?;
    let mut refused = judge_fields(ctx, &board, &command);
    let arranged = match arrange(uow, ctx, &[], &command.images)? {
        Ok(arranged) if refused.is_empty() => arranged,
        images => {
            refused.extend(images.err().into_iter().flatten().map(|(field, code)| (field.into(), code)));
            return Err(CreatePostError::Fields(refused));
        }
    };
    if ctx.policy.posts.refuse_duplicate {
        let digest = text_digest(command.title.as_deref(), &command.contents);
        if !uow.posts().record_text(ctx.actor.user, board.school_id, digest)? {
            return Err(CreatePostError::DuplicateText);
        }
    }
    check_interval(uow, ctx, PostingScope::Board(board.id), ctx.policy.posts.cooldown)?;
    if board.flags.is_promotion {
        let scope = PostingScope::Promotion(board.school_id);
        check_interval(uow, ctx, scope, ctx.policy.posts.promotion_interval)?;
    }
    let post = NewPost {
        id: ctx.fresh(),
        school_id: board.school_id,
        board_id: board.id,
        author: ctx.actor.user,
        is_anonymous: command.is_anonymous.unwrap_or(board.flags.anonymous_only),
        is_question: command.is_question,
        comments_locked: command.comments_locked,
        title: command.title,
        hashtags: hashtags(&command.contents, ctx.policy.posts.hashtags_max),
        contents: command.contents,
        images: arranged.images.clone(),
        created_at: ctx.now,
    };
    uow.posts().add(&post)?;
    arranged.carry_out(uow, ctx, post.id)?;
    uow.boards().bump_posts(board.id, 1, Some(ctx.now))?;
    let captions = arranged.captions.iter().map(String::as_str);
    let texts = post.title.as_deref().into_iter().chain([post.contents.as_str()]).chain(captions);
    flag_post(uow, ctx, post.id, texts)?;
    Ok(post.id)
}

fn judge_fields(ctx: &Ctx, board: &Board, command: &CreatePost) -> Vec<(Cow<'static, str>, FieldError)> {
    let flags = &board.flags;
    let refused_words = &ctx.policy.moderation.refused_words;
    let mut fields = Vec::new();
    match command.is_anonymous {
        Some(true) if !flags.allow_anonymous => fields.push(("is_anonymous".into(), FieldError::NotAllowed)),
        Some(false) if flags.anonymous_only => fields.push(("is_anonymous".into(), FieldError::NotAllowed)),
        _ => {}
    }
    if command.is_question && !flags.allow_questions {
        fields.push(("is_question".into(), FieldError::NotAllowed));
    }
    match &command.title {
        None if flags.title_required => fields.push(("title".into(), FieldError::Required)),
        Some(title) if holds_word(title, refused_words) => {
            fields.push(("title".into(), FieldError::Filtered));
        }
        _ => {}
    }
    if holds_word(&command.contents, refused_words) {
        fields.push(("contents".into(), FieldError::Filtered));
    }
    fields
}

fn check_interval(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    scope: PostingScope,
    interval: TimeDelta,
) -> Result<(), CreatePostError> {
    if interval <= TimeDelta::zero() {
        return Ok(());
    }
    match uow.posts().record_posting(ctx.actor.user, scope, ctx.now, interval)? {
        Some(available_at) => Err(CreatePostError::Cooldown { available_at, wait: available_at - ctx.now }),
        None => Ok(()),
    }
}

/// What "the same text" compares: title and contents after folding case and spaces.
pub(super) fn text_digest(title: Option<&str>, contents: &str) -> [u8; 32] {
    let title = fold_spaces(title.unwrap_or_default());
    // The length keeps "a" + "b c" apart from "a b" + "c".
    let mut hasher = Sha256::new_with_prefix(title.len().to_be_bytes());
    hasher.update(title);
    hasher.update(fold_spaces(contents));
    hasher.finalize().into()
}
