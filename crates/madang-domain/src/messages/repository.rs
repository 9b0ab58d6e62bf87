//! The port of messages.

use super::{Door, MessageView, NewMessage, NewThread, Opened, ThreadView};
use crate::actor::Actor;
use crate::blocks::Blocked;
use crate::ctx::Timestamp;
use crate::filters::{OneOf, TimeTest};
use crate::ids::{MessageThreadId, PostId, UserId};
use crate::messages::ContextKind;
use crate::paging::{Feed, FeedRequest};
use crate::store::StoreError;

/// Which threads to list; all tests must pass.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ThreadFilter {
    /// With or without unread messages.
    pub is_unread: Option<bool>,
    /// About these kinds of things.
    pub kinds: Option<OneOf<ContextKind>>,
}

/// A thread that somebody takes part in, whether or not it is in their list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnThread {
    /// The thread.
    pub id: MessageThreadId,
    /// Whether they opened it.
    pub is_opener: bool,
    /// Whether one of the sides has blocked what the thread shows of the other, or the thread.
    pub is_closed: bool,
}

/// Messages. A thread is "in sight" of a side unless that side has deleted it, or has blocked the other in the sense of
/// BLK-2 to BLK-4. Nobody else finds anything.
pub trait MessageRepository {
    /// The thread, if it is in the viewer's sight; one statement.
    fn find(&mut self, viewer: &Actor, id: MessageThreadId) -> Result<Option<ThreadView>, StoreError>;

    /// The threads in the viewer's sight, the latest message first; one statement.
    fn list(
        &mut self,
        viewer: &Actor,
        filter: &ThreadFilter,
        request: FeedRequest,
    ) -> Result<Feed<ThreadView>, StoreError>;

    /// The messages of a thread that the viewer has not deleted; one statement.
    fn list_messages(
        &mut self,
        viewer: &Actor,
        thread: &ThreadView,
        created_at: &[TimeTest],
        request: FeedRequest,
    ) -> Result<Feed<MessageView>, StoreError>;

    /// How many messages in the threads in sight of `user` are unread; one statement.
    fn count_unread(&mut self, user: UserId) -> Result<i64, StoreError>;

    /// The thread that `opener` has opened by this before or, between two members, either has.
    fn find_opened(&mut self, opener: UserId, opened: Opened) -> Result<Option<OwnThread>, StoreError>;

    /// Whom a block of an own thread covers, whether or not it is in sight: the other by name, or the thread.
    fn find_blocked(&mut self, user: UserId, id: MessageThreadId) -> Result<Option<Blocked>, StoreError>;

    /// The door of a member to `viewer`; `None` when there is nobody.
    fn find_door(&mut self, viewer: UserId, user: UserId) -> Result<Option<Door>, StoreError>;

    /// Whether whoever has this label in the thread of `post` takes no new thread of `opener`: because they take no
    /// anonymous ones, or for blocks within that thread alone (BLK-3, BLK-4).
    fn is_label_closed(&mut self, opener: UserId, post: PostId, number: u32) -> Result<bool, StoreError>;

    /// Adds a thread with its sides. Whoever looked before whether there is one may rely on it: a unit that loses the race
    /// is run again, and then finds the other's.
    fn add(&mut self, thread: &NewThread) -> Result<(), StoreError>;

    /// Adds a message, which counts as unread for the other side and brings the thread back where it was deleted.
    fn add_message(&mut self, message: &NewMessage) -> Result<(), StoreError>;

    /// Marks all messages read for `user`.
    fn mark_read(&mut self, user: UserId, id: MessageThreadId) -> Result<(), StoreError>;

    /// Takes the thread with all its messages out of the sight of `user`, until there is a new message; `false` when it was
    /// deleted already.
    fn mark_deleted(&mut self, user: UserId, id: MessageThreadId, at: Timestamp) -> Result<bool, StoreError>;

    /// Erases threads that both sides have deleted before `before`; answers how many.
    fn purge(&mut self, before: Timestamp, limit: i64) -> Result<usize, StoreError>;
}
