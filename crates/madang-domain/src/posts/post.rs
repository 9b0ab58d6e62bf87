//! The post and its rules.

use super::{Author, ReportReason};
use crate::actor::{Actor, CallerStateError, Role};
use crate::boards::BoardRef;
use crate::comments::check_comments_open;
use crate::ctx::{Ctx, Timestamp};
use crate::ids::{BoardId, PostId, SchoolId, UserId};
use crate::likes::{LikeFacts, check_like};
use crate::media::PostImage;
use crate::messages::Door;
use crate::permissions::{Denial, Permission};
use crate::policy::PostsPolicy;
use crate::removals::check_staff;
use crate::text::TextRule;
use crate::visibility::{ItemFacts, Sight, sight};

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
    /// The images in order, which are attached apart.
    pub images: Vec<PostImage>,
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
    /// Whether posts can become hot or one of the best (POST-8).
    pub hot_eligible: bool,
    /// Whether likes can be taken back (LIKE-2).
    pub likes_cancellable: bool,
    /// Who manages it.
    pub manager: Option<UserId>,
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
    /// Its images in order.
    pub images: Vec<PostImage>,
    /// Who wrote it, as far as the viewer may know.
    pub author: Author,
    /// Whether it is anonymous.
    pub is_anonymous: bool,
    /// Whether it is a question.
    pub is_question: bool,
    /// Whether somebody named who is staff wrote it.
    pub author_is_staff: bool,
    /// Whether the viewer wrote it.
    pub is_mine: bool,
    /// Whether the viewer likes it.
    pub liked: bool,
    /// Whether the viewer keeps it.
    pub scrapped: bool,
    /// Whether the viewer wants no notices of it.
    pub muted: bool,
    /// Whether comments are paused.
    pub comments_locked: bool,
    /// Whether its author can be written to; only of a named one.
    pub door: Option<Door>,
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
    /// Like.
    pub like: Permission,
    /// Scrap.
    pub scrap: Permission,
    /// Comment.
    pub comment: Permission,
    /// Write to the author.
    pub message: Permission,
    /// Report.
    pub report: Permission,
    /// Remove as staff.
    pub remove: Permission,
}

/// A post as one viewer sees it at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenPost {
    /// The post.
    pub post: PostView,
    /// How much of it is shown.
    pub sight: Sight,
    /// What the viewer may do.
    pub can: PostPermissions,
}

impl SeenPost {
    /// The images that the viewer sees.
    pub fn images(&self) -> &[PostImage] {
        match self.sight {
            Sight::Whole => &self.post.images,
            Sight::Stub => &[],
        }
    }
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

    /// A hidden post is open to no act of others (VIS-2).
    pub(crate) fn check_shown(&self) -> Permission {
        match self.hidden_reason {
            Some(_) if !self.is_mine => Err(Denial::ItemHidden),
            _ => Ok(()),
        }
    }

    /// Whether `actor` may block or write to its author, as far as the post goes (BLK-1, MSG-1).
    pub(crate) fn check_author(&self, actor: &Actor) -> Permission {
        actor.check_role(Role::Student)?;
        if self.is_mine { Err(Denial::SelfTarget) } else { self.check_shown() }
    }

    /// Whether `ctx.actor` may write to its author. Of an anonymous one nothing is known beforehand, alike for everybody
    /// (ANON-5l).
    fn check_message(&self, ctx: &Ctx) -> Permission {
        ctx.actor.check_unrestricted()?;
        self.check_author(&ctx.actor)?;
        self.door.map_or(Ok(()), |door| door.check_open(ctx.now))
    }

    /// Whether `ctx.actor` may like the post (LIKE-1).
    pub(crate) fn check_like(&self, ctx: &Ctx) -> Permission {
        let facts = LikeFacts {
            board: self.board.id,
            is_mine: self.is_mine,
            hidden: self.hidden_reason.is_some(),
            liked: self.liked,
            created_at: self.created_at,
        };
        check_like(ctx, facts)
    }

    /// Whether `ctx.actor` may keep the post (SCR-1).
    pub(crate) fn check_scrap(&self, ctx: &Ctx) -> Permission {
        ctx.actor.check_role(Role::Student)?;
        if self.is_mine { Err(Denial::OwnItem) } else { self.check_shown() }
    }

    /// Whether `ctx.actor` may report the post (RPT-1); an earlier report is not looked at.
    pub(crate) fn check_report(&self, ctx: &Ctx) -> Permission {
        ctx.actor.check_role(Role::Student)?;
        ctx.actor.check_unrestricted_in(self.board.id)?;
        if self.is_mine { Err(Denial::OwnItem) } else { self.check_shown() }
    }

    /// Whether `actor`, who sees the post and therefore is staff of its school if staff at all, may remove it (BRD-4).
    fn check_remove(&self, actor: &Actor) -> Permission {
        check_staff(actor, self.board_facts.manager, self.is_mine, self.author_is_staff)
    }

    /// What `ctx.actor` may do: exactly what the acts themselves would answer.
    pub fn permissions(&self, ctx: &Ctx) -> PostPermissions {
        let own = self.check_own(&ctx.actor).and_then(|()| self.check_unanswered());
        PostPermissions {
            edit: ctx
                .actor
                .check_unrestricted_in(self.board.id)
                .map_err(Denial::from)
                .and(own)
                .and_then(|()| self.check_thawed(ctx.now, &ctx.policy.posts)),
            delete: own,
            like: self.check_like(ctx),
            scrap: self.check_scrap(ctx),
            comment: check_comments_open(
                &ctx.actor,
                self.board.id,
                self.hidden_reason.is_some(),
                self.comments_locked,
            ),
            message: self.check_message(ctx),
            report: self.check_report(ctx),
            remove: self.check_remove(&ctx.actor),
        }
    }

    /// The post as `ctx.actor` sees it; a hidden one is a stub to all but its author (VIS-2).
    ///
    /// # Errors
    /// The proof that a guest still owes where the board is closed to guests.
    pub fn seen(self, ctx: &Ctx) -> Result<SeenPost, CallerStateError> {
        let sight = sight(&ctx.actor, self.facts())?;
        let can = self.permissions(ctx);
        Ok(SeenPost { post: self, sight, can })
    }
}

impl SeenPost {
    /// Whether seeing it counts as reading. The author of a named post never counts; that of an anonymous one does, like
    /// anybody, or the count would tell who it is (POST-10).
    pub fn counts_as_reading(&self) -> bool {
        self.sight == Sight::Whole && (self.post.is_anonymous || !self.post.is_mine)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actor::{Credential, Restriction};
    use crate::ctx::{Entropy, Moment};
    use crate::ids::SessionId;
    use chrono::{DateTime, TimeDelta};
    use std::sync::Arc;
    use uuid::Uuid;

    struct Zeros;
    impl Entropy for Zeros {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(0);
        }
    }

    fn written() -> Timestamp {
        DateTime::from_timestamp(1_790_000_000, 0).unwrap()
    }

    fn reader(role: Role, after: TimeDelta) -> Ctx {
        let actor = Actor {
            user: UserId(Uuid::from_u128(1)),
            school: SchoolId(Uuid::from_u128(2)),
            role,
            email_verified: true,
            restriction: None,
            in_boards: Vec::new(),
            credential: Credential::Session(SessionId(Uuid::from_u128(3))),
        };
        Moment::new(written() + after, Arc::default(), Arc::new(Zeros)).acting(actor)
    }

    fn own_post() -> PostView {
        PostView {
            id: PostId(Uuid::from_u128(4)),
            board: BoardRef { id: BoardId(Uuid::from_u128(5)), name: "자유".to_owned() },
            board_facts: BoardFacts {
                guest_readable: false,
                is_promotion: false,
                title_required: false,
                hot_eligible: true,
                likes_cancellable: false,
                manager: None,
            },
            title: None,
            contents: "글".to_owned(),
            hashtags: Vec::new(),
            images: Vec::new(),
            author: Author::Anonymous { number: None },
            is_anonymous: true,
            is_question: false,
            author_is_staff: false,
            is_mine: true,
            liked: false,
            scrapped: false,
            muted: false,
            comments_locked: false,
            door: None,
            hidden_reason: None,
            answered_at: None,
            like_count: 0,
            comment_count: 0,
            scrap_count: 0,
            view_count: 0,
            hot_at: None,
            best_at: None,
            created_at: written(),
            updated_at: written(),
        }
    }

    fn may(post: &PostView, ctx: &Ctx) -> (Permission, Permission) {
        let can = post.permissions(ctx);
        (can.edit, can.delete)
    }

    #[test]
    fn post_4_only_the_author_changes_a_post_and_not_while_it_is_hidden() {
        let student = reader(Role::Student, TimeDelta::zero());
        assert_eq!(may(&own_post(), &student), (Ok(()), Ok(())));
        let others = PostView { is_mine: false, ..own_post() };
        assert_eq!(may(&others, &student), (Err(Denial::Forbidden), Err(Denial::Forbidden)));
        assert_eq!(may(&others, &reader(Role::Admin, TimeDelta::zero())).1, Err(Denial::Forbidden));
        let hidden = PostView { hidden_reason: Some(ReportReason::Spam), ..own_post() };
        assert_eq!(may(&hidden, &student), (Err(Denial::ItemHidden), Err(Denial::ItemHidden)));
    }

    #[test]
    fn post_5_an_answered_question_is_locked() {
        let student = reader(Role::Student, TimeDelta::zero());
        let answered = PostView { answered_at: Some(written()), ..own_post() };
        assert_eq!(may(&answered, &student), (Ok(()), Ok(())));
        let question = PostView { is_question: true, ..answered };
        assert_eq!(may(&question, &student), (Err(Denial::QuestionLocked), Err(Denial::QuestionLocked)));
    }

    #[test]
    fn post_6_the_text_of_a_promotion_freezes_and_thaws() {
        let facts = BoardFacts { is_promotion: true, ..own_post().board_facts };
        let post = PostView { board_facts: facts, ..own_post() };
        let edit_after = |after| may(&post, &reader(Role::Student, after)).0;
        let available_at = written() + TimeDelta::minutes(60) + TimeDelta::hours(72);
        assert_eq!(edit_after(TimeDelta::minutes(60) - TimeDelta::microseconds(1)), Ok(()));
        assert_eq!(edit_after(TimeDelta::minutes(60)), Err(Denial::EditFrozen { available_at }));
        assert_eq!(edit_after(TimeDelta::hours(73)), Ok(()));
        assert_eq!(may(&post, &reader(Role::Student, TimeDelta::minutes(90))).1, Ok(()));
    }

    #[test]
    fn acc_17_a_restricted_author_deletes_but_does_not_edit() {
        let mut ctx = reader(Role::Student, TimeDelta::zero());
        let restriction = Restriction { ends_at: None, sanction: None };
        ctx.actor.restriction = Some(restriction);
        let refused = Denial::Caller(CallerStateError::Restricted(restriction));
        assert_eq!(may(&own_post(), &ctx), (Err(refused), Ok(())));
    }
}
