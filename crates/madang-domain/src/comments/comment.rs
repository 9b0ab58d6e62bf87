//! The comment and its rules.

use super::Thread;
use crate::actor::{Actor, Role};
use crate::ctx::{Ctx, Timestamp};
use crate::ids::{CommentId, PostId, UserId};
use crate::likes::{LikeFacts, check_like};
use crate::messages::Door;
use crate::paging::Position;
use crate::permissions::{Denial, Permission};
use crate::policy::CommentsPolicy;
use crate::posts::{Author, ReportReason};
use crate::removals::check_staff;
use crate::text::TextRule;
use crate::visibility::Sight;

/// As whom somebody writes a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writer {
    /// By name.
    Named(UserId),
    /// Under this number of the thread; 0 is the author of an anonymous post.
    Anonymous(u32),
}

/// A comment as it is first stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewComment {
    /// The fresh id, ordered by time.
    pub id: CommentId,
    /// The post.
    pub post_id: PostId,
    /// The comment that it replies to.
    pub parent_id: Option<CommentId>,
    /// Who writes.
    pub writer: Writer,
    /// The text, NFC.
    pub contents: String,
    /// When it was written.
    pub created_at: Timestamp,
}

/// What others see of a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CommentState {
    /// All of it.
    Live,
    /// That it is hidden, until it is judged.
    Hidden,
    /// That its author deleted it; only while it has live replies.
    Deleted,
    /// That staff removed it; only while it has live replies.
    Removed,
    /// That the viewer has blocked its author; only while it has replies that the viewer may see.
    Blocked,
}

/// A comment of a thread, as one statement reads it for one viewer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommentView {
    /// The comment.
    pub id: CommentId,
    /// The comment that it replies to.
    pub parent_id: Option<CommentId>,
    /// The text.
    pub contents: String,
    /// Who wrote it, as far as the viewer may know.
    pub author: Author,
    /// Whether it is openly by the author of the post (ANON-2).
    pub is_post_author: bool,
    /// Whether somebody named who is staff wrote it.
    pub author_is_staff: bool,
    /// Whether the viewer wrote it.
    pub is_mine: bool,
    /// Whether its author deleted it.
    pub is_deleted: bool,
    /// Whether staff removed it.
    pub is_removed: bool,
    /// Whether the viewer has blocked its author.
    pub is_blocked: bool,
    /// Whether its author can be written to; only of a named one.
    pub door: Option<Door>,
    /// Why it is hidden, when it is.
    pub hidden_reason: Option<ReportReason>,
    /// Likes.
    pub like_count: i64,
    /// Whether the viewer likes it.
    pub is_liked: bool,
    /// Live replies.
    pub reply_count: i64,
    /// When it was written.
    pub created_at: Timestamp,
    /// When its text last changed (CMT-6).
    pub updated_at: Timestamp,
}

/// What the viewer may do with a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CommentPermissions {
    /// Change the text.
    pub edit: Permission,
    /// Delete.
    pub delete: Permission,
    /// Like.
    pub like: Permission,
    /// Reply.
    pub reply: Permission,
    /// Write to the author.
    pub message: Permission,
    /// Report.
    pub report: Permission,
    /// Remove as staff.
    pub remove: Permission,
}

/// A comment as one viewer sees it at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenComment {
    /// The post.
    pub post_id: PostId,
    /// The comment.
    pub comment: CommentView,
    /// What others see of it.
    pub state: CommentState,
    /// How much the viewer sees of it: a stub is a placeholder.
    pub sight: Sight,
    /// What the viewer may do.
    pub can: CommentPermissions,
    /// Its first replies.
    pub replies: Vec<SeenComment>,
    /// The position to read more replies after.
    pub replies_next: Option<Position>,
}

/// The rule of contents (CMT-2).
pub fn contents_rule(policy: &CommentsPolicy) -> TextRule {
    TextRule::lines(1, policy.contents_max)
}

impl CommentView {
    /// What others see of it.
    pub fn state(&self) -> CommentState {
        match self {
            Self { is_deleted: true, .. } => CommentState::Deleted,
            Self { is_removed: true, .. } => CommentState::Removed,
            Self { is_blocked: true, .. } => CommentState::Blocked,
            Self { hidden_reason: Some(_), .. } => CommentState::Hidden,
            _ => CommentState::Live,
        }
    }

    /// Whether it is there at all for the viewer, placeholders apart (DEL-1, VIS-2d).
    pub(crate) fn check_exists(&self) -> Permission {
        match self.state() {
            CommentState::Live | CommentState::Hidden => Ok(()),
            CommentState::Deleted | CommentState::Removed | CommentState::Blocked => Err(Denial::NotFound),
        }
    }

    /// Whether the viewer reads it on its own; a hidden one only its author does (VIS-2e).
    pub fn check_read(&self) -> Permission {
        self.check_exists()?;
        if self.hidden_reason.is_some() && !self.is_mine { Err(Denial::ItemHidden) } else { Ok(()) }
    }

    /// Whether a reader may block or write to its author, as far as the comment goes (BLK-1, MSG-1).
    pub(crate) fn check_author(&self) -> Permission {
        if self.is_mine { Err(Denial::SelfTarget) } else { self.check_read() }
    }

    /// Whether `ctx.actor` may write to its author. Of an anonymous one nothing is known beforehand, alike for everybody
    /// (ANON-5l).
    fn check_message(&self, thread: &Thread, ctx: &Ctx) -> Permission {
        ctx.actor.check_role(Role::Student)?;
        ctx.actor.check_unrestricted()?;
        self.check_exists()?;
        thread.check_read(&ctx.actor)?;
        self.check_author()?;
        self.door.map_or(Ok(()), |door| door.check_open(ctx.now))
    }

    /// Only the author changes a comment, and not while it or its post is hidden (CMT-3).
    pub fn check_own(&self, thread: &Thread, actor: &Actor) -> Permission {
        actor.check_role(Role::Student)?;
        self.check_exists()?;
        if thread.is_hidden || self.hidden_reason.is_some() {
            return Err(Denial::ItemHidden);
        }
        if self.is_mine { Ok(()) } else { Err(Denial::Forbidden) }
    }

    /// Whether its author may change the text: not unless the board lets authors (CMT-6).
    pub fn check_edit(&self, thread: &Thread, actor: &Actor) -> Permission {
        actor.check_role(Role::Student)?;
        actor.check_unrestricted_in(thread.board.id)?;
        self.check_exists()?;
        if !thread.comments_editable {
            return Err(Denial::SwitchedOff);
        }
        self.check_own(thread, actor)
    }

    /// Whether `ctx.actor` may like it (LIKE-1).
    pub(crate) fn check_like(&self, thread: &Thread, ctx: &Ctx) -> Permission {
        ctx.actor.check_role(Role::Student)?;
        ctx.actor.check_unrestricted_in(thread.board.id)?;
        self.check_exists()?;
        let facts = LikeFacts {
            board: thread.board.id,
            is_mine: self.is_mine,
            hidden: thread.is_hidden || self.hidden_reason.is_some(),
            liked: self.is_liked,
            created_at: self.created_at,
        };
        check_like(ctx, facts)
    }

    /// Whether a like of it can be taken back (LIKE-2).
    pub(crate) fn check_unlike(&self, thread: &Thread, actor: &Actor) -> Permission {
        actor.check_unrestricted_in(thread.board.id)?;
        self.check_exists()?;
        if !thread.likes_cancellable {
            return Err(Denial::SwitchedOff);
        }
        if thread.is_hidden && !thread.is_mine { Err(Denial::ItemHidden) } else { self.check_read() }
    }

    /// Whether somebody who may comment may reply to it (CMT-1).
    pub fn check_parent(&self) -> Permission {
        if self.parent_id.is_some() {
            return Err(Denial::InvalidParent);
        }
        self.check_exists()?;
        if self.hidden_reason.is_some() { Err(Denial::ItemHidden) } else { Ok(()) }
    }

    /// Whether `ctx.actor` may report it (RPT-1); an earlier report is not looked at.
    pub(crate) fn check_report(&self, thread: &Thread, ctx: &Ctx) -> Permission {
        ctx.actor.check_role(Role::Student)?;
        ctx.actor.check_unrestricted_in(thread.board.id)?;
        self.check_exists()?;
        if self.is_mine {
            return Err(Denial::OwnItem);
        }
        if thread.is_hidden || self.hidden_reason.is_some() { Err(Denial::ItemHidden) } else { Ok(()) }
    }

    /// Whether `actor`, who sees the thread and therefore is staff of its school if staff at all, may remove it (BRD-4).
    fn check_remove(&self, thread: &Thread, actor: &Actor) -> Permission {
        check_staff(actor, thread.manager, self.is_mine, self.author_is_staff)?;
        if self.is_removed { Err(Denial::AlreadyDecided) } else { self.check_exists() }
    }

    /// What `ctx.actor` may do: exactly what the acts themselves would answer.
    pub fn permissions(&self, thread: &Thread, ctx: &Ctx) -> CommentPermissions {
        CommentPermissions {
            edit: self.check_edit(thread, &ctx.actor),
            delete: self.check_own(thread, &ctx.actor),
            like: self.check_like(thread, ctx),
            reply: thread.check_comment(&ctx.actor).and_then(|()| self.check_parent()),
            message: self.check_message(thread, ctx),
            report: self.check_report(thread, ctx),
            remove: self.check_remove(thread, &ctx.actor),
        }
    }
}
