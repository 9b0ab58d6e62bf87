//! The post and its rules.

use super::Author;
use crate::actor::{Actor, Role};
use crate::boards::BoardRef;
use crate::ctx::{Ctx, Timestamp};
use crate::ids::{BoardId, PostId, SchoolId, UserId};
use crate::permissions::{Denial, Permission};
use crate::policy::PostsPolicy;
use crate::text::TextRule;
use crate::visibility::ItemFacts;

/// Why an item was reported or removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReportReason {
    /// Does not belong here.
    OffTopic,
    /// Insults, harassment.
    Abuse,
    /// Sexual content.
    Sexual,
    /// Advertising.
    Advertising,
    /// Fraud, or posing as somebody.
    FraudOrImpersonation,
    /// Somebody's personal data.
    PersonalInfo,
    /// Spam.
    Spam,
    /// Against the law.
    IllegalContent,
    /// Danger to oneself.
    SelfHarm,
}

/// A post as it is first stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPost {
    /// The fresh id, ordered by time.
    pub id: PostId,
    /// The board's school.
    pub school_id: SchoolId,
    /// The board.
    pub board_id: BoardId,
    /// Who writes. Kept apart from the post when it is anonymous.
    pub author: UserId,
    /// Whether others see a label instead of the author.
    pub is_anonymous: bool,
    /// Whether it asks something.
    pub is_question: bool,
    /// Whether comments are paused.
    pub comments_locked: bool,
    /// The title, NFC.
    pub title: Option<String>,
    /// The text, NFC.
    pub contents: String,
    /// The hashtags of the text.
    pub hashtags: Vec<String>,
    /// When it was written.
    pub created_at: Timestamp,
}

/// What a post takes from its board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BoardFacts {
    /// Whether guests may read.
    pub guest_readable: bool,
    /// Whether POST-6 freezes text.
    pub is_promotion: bool,
    /// Whether every post needs a title.
    pub title_required: bool,
}

/// A live post of the viewer's world, as one statement reads it. In lists `contents` is cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostView {
    /// The post.
    pub id: PostId,
    /// Where it stands.
    pub board: BoardRef,
    /// What the board's switches say.
    pub board_facts: BoardFacts,
    /// The title.
    pub title: Option<String>,
    /// The text.
    pub contents: String,
    /// Its hashtags.
    pub hashtags: Vec<String>,
    /// Who wrote it, as far as the viewer may know.
    pub author: Author,
    /// Whether it is anonymous.
    pub is_anonymous: bool,
    /// Whether it is a question.
    pub is_question: bool,
    /// Whether the viewer wrote it.
    pub is_mine: bool,
    /// Whether comments are paused.
    pub comments_locked: bool,
    /// Why it is hidden, when it is.
    pub hidden_reason: Option<ReportReason>,
    /// When somebody else first commented (POST-5).
    pub answered_at: Option<Timestamp>,
    /// Likes.
    pub like_count: i64,
    /// Live comments and replies.
    pub comment_count: i64,
    /// Scraps.
    pub scrap_count: i64,
    /// Recorded readers.
    pub view_count: i64,
    /// When it became hot.
    pub hot_at: Option<Timestamp>,
    /// When it became one of the best.
    pub best_at: Option<Timestamp>,
    /// When it was written.
    pub created_at: Timestamp,
    /// When its text last changed (POST-7).
    pub updated_at: Timestamp,
}

/// What the viewer may do with a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PostPermissions {
    /// Change title, contents, images.
    pub edit: Permission,
    /// Delete.
    pub delete: Permission,
}

/// The rule of titles (POST-1).
pub fn title_rule(policy: &PostsPolicy) -> TextRule {
    TextRule::lines(1, policy.title_max)
}

/// The rule of contents (POST-1).
pub fn contents_rule(policy: &PostsPolicy) -> TextRule {
    TextRule::lines(1, policy.contents_max)
}

impl PostView {
    /// What the visibility predicate needs.
    pub fn facts(&self) -> ItemFacts {
        ItemFacts {
            guest_readable: self.board_facts.guest_readable,
            hidden: self.hidden_reason.is_some(),
            is_mine: self.is_mine,
        }
    }

    /// Only the author changes a post, and not while it is hidden (POST-4).
    pub fn check_own(&self, actor: &Actor) -> Permission {
        actor.check_role(Role::Student)?;
        match self {
            Self { is_mine: false, hidden_reason: Some(_), .. } => Err(Denial::ItemHidden),
            Self { is_mine: false, .. } => Err(Denial::Forbidden),
            Self { hidden_reason: Some(_), .. } => Err(Denial::ItemHidden),
            _ => Ok(()),
        }
    }

    /// A question that others have answered stays as it is (POST-5).
    pub fn check_unanswered(&self) -> Permission {
        match self.answered_at {
            Some(_) if self.is_question => Err(Denial::QuestionLocked),
            _ => Ok(()),
        }
    }

    /// The text of a promotion is free at first, then frozen, then free again (POST-6).
    pub fn check_thawed(&self, now: Timestamp, policy: &PostsPolicy) -> Permission {
        let frozen_from = self.created_at + policy.promotion_edit;
        let available_at = frozen_from + policy.promotion_freeze;
        match self.board_facts.is_promotion && (frozen_from..available_at).contains(&now) {
            true => Err(Denial::EditFrozen { available_at }),
            false => Ok(()),
        }
    }

    /// What `ctx.actor` may do: exactly what the acts themselves would answer.
    pub fn permissions(&self, ctx: &Ctx) -> PostPermissions {
        let own = self.check_own(&ctx.actor).and_then(|()| self.check_unanswered());
        PostPermissions {
            edit: ctx
                .actor
                .check_unrestricted()
                .map_err(Denial::from)
                .and(own)
                .and_then(|()| self.check_thawed(ctx.now, &ctx.policy.posts)),
            delete: own,
        }
    }
}
