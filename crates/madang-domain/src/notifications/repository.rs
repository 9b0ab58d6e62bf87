//! The port of notices.

use super::{NewNotice, NoticeFilter, NoticeRound, NoticeView, Pulse, Unread};
use crate::actor::Actor;
use crate::ctx::Timestamp;
use crate::ids::{BoardId, NotificationId, UserId};
use crate::paging::{Feed, FeedRequest};
use crate::store::StoreError;

/// Notices. Nothing here reads another's.
pub trait NotificationRepository {
    /// Tells whom the notice is for, within the unit of its cause and in one statement, and answers how many were told.
    /// Left out are (NOT-1) whose act it is, whoever has blocked the shown actor or the author of the post, muted the post,
    /// or switched the kind off, and who has withdrawn.
    fn add(&mut self, notice: &NewNotice) -> Result<usize, StoreError>;

    /// The viewer's notices; one statement whatever the limit.
    fn list(
        &mut self,
        viewer: &Actor,
        filter: &NoticeFilter,
        request: FeedRequest,
    ) -> Result<Feed<NoticeView>, StoreError>;

    /// How much is unread; one statement.
    fn count_unread(&mut self, viewer: &Actor) -> Result<Unread, StoreError>;

    /// What moves whenever the user is told of something or reads of it; one statement, from indexes alone.
    fn feel_pulse(&mut self, user: UserId) -> Result<Pulse, StoreError>;

    /// Marks one of the user's notices read, once; `false` when the user has no such notice.
    fn mark_read(&mut self, user: UserId, id: NotificationId, at: Timestamp) -> Result<bool, StoreError>;

    /// Marks the user's notices read that are no later than `until`.
    fn mark_all_read(&mut self, user: UserId, until: Timestamp, at: Timestamp) -> Result<(), StoreError>;

    /// The `count`th of those behind `after` who keep the board at hand, in the order of ids; `None` when they are fewer.
    fn find_holder(
        &mut self,
        board: BoardId,
        after: Option<UserId>,
        count: u32,
    ) -> Result<Option<UserId>, StoreError>;

    /// Keeps that the notice of a board is to be told on, unless another of that board is.
    fn add_round(&mut self, round: &NoticeRound) -> Result<(), StoreError>;

    /// A notice that is to be told on.
    fn find_round(&mut self) -> Result<Option<NoticeRound>, StoreError>;

    /// Forgets it.
    fn remove_round(&mut self, board: BoardId) -> Result<(), StoreError>;

    /// Erases what was told before; answers how many.
    fn purge(&mut self, before: Timestamp) -> Result<usize, StoreError>;
}
