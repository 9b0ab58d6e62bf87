//! How a thread and its messages are read.

use super::DoorRow;
use diesel::prelude::*;
use madang_domain::accounts::UserSummary;
use madang_domain::actor::Actor;
use madang_domain::ctx::Timestamp;
use madang_domain::ids::{BoardId, MediaId, MessageId, MessageThreadId, PostId, SchoolId, UserId};
use madang_domain::messages::{ContextKind, MessageView, Side, ThreadView};
use madang_domain::posts::{Author, PostRef};
use madang_domain::store::StoreError;

/// The threads of `own_threads!` with names, where both sides have them, the post while it can be read, and the last message.
macro_rules! with_faces {
    ($threads:expr, $viewer:expr) => {
        $threads
            .left_join(
                users::table.on(others
                    .field(message_sides::user_id)
                    .eq(users::id.nullable())
                    .and(message_threads::number.is_null())),
            )
            .left_join(
                selves.on(message_sides::user_id
                    .eq(selves.field(users::id).nullable())
                    .and(message_threads::number.is_null())),
            )
            .left_join(
                posts::table.on(message_threads::post_id
                    .eq(posts::id.nullable())
                    .and(posts::deleted_at.is_null())
                    .and(posts::removed_at.is_null())
                    .and(posts::hidden_reason.is_null())
                    .and($crate::blocks::post_is_unblocked($viewer))
                    .and(context_is_live())),
            )
            .left_join(boards::table.on(posts::board_id.eq(boards::id).and(boards::deleted_at.is_null())))
            .left_join(messages::table.on(
                messages::thread_id.eq(message_threads::id).and(messages::seq.eq(message_threads::last_seq)),
            ))
    };
}

macro_rules! message_columns {
    () => {
        (messages::id, messages::contents, messages::from_opener, messages::seq, messages::created_at)
    };
}

macro_rules! thread_columns {
    () => {
        (
            (
                message_threads::id,
                message_threads::context_type,
                message_threads::number,
                message_threads::created_at,
                is_closed(),
            ),
            (
                message_sides::is_opener,
                message_sides::unread,
                message_sides::read_seq,
                message_sides::cleared_seq,
                message_sides::last_message_at,
            ),
            (users::id, users::nickname, users::deleted_at, door_columns!()).nullable(),
            profile_image!(users::id.nullable()),
            (selves.field(users::id), selves.field(users::nickname)).nullable(),
            profile_image!(selves.field(users::id).nullable()),
            (posts::id, posts::title, posts::created_at, posts::school_id, posts::author_id).nullable(),
            boards::id.nullable(),
            message_columns!().nullable(),
        )
    };
}
pub(super) use {message_columns, thread_columns, with_faces};

#[derive(Queryable)]
pub(super) struct MessageRow {
    id: MessageId,
    contents: String,
    from_opener: bool,
    seq: i64,
    created_at: Timestamp,
}

impl MessageRow {
    pub(super) fn into_view(self, is_opener: bool, read_seq: i64) -> MessageView {
        let is_mine = self.from_opener == is_opener;
        MessageView {
            id: self.id,
            contents: self.contents,
            is_mine,
            is_unread: !is_mine && self.seq > read_seq,
            created_at: self.created_at,
        }
    }
}

#[derive(Queryable)]
pub(super) struct ThreadPart {
    id: MessageThreadId,
    context_type: String,
    number: Option<i32>,
    created_at: Timestamp,
    is_closed: bool,
}

#[derive(Queryable)]
pub(super) struct SidePart {
    is_opener: bool,
    unread: i64,
    read_seq: i64,
    cleared_seq: i64,
    last_message_at: Timestamp,
}

#[derive(Queryable)]
pub(super) struct PostPart {
    id: PostId,
    title: Option<String>,
    created_at: Timestamp,
    school_id: SchoolId,
    author_id: Option<UserId>,
}

#[derive(Queryable)]
pub(super) struct ThreadRow {
    thread: ThreadPart,
    side: SidePart,
    other: Option<(UserId, String, Option<Timestamp>, DoorRow)>,
    other_image: Option<MediaId>,
    own: Option<(UserId, String)>,
    own_image: Option<MediaId>,
    post: Option<PostPart>,
    live_board: Option<BoardId>,
    last: Option<MessageRow>,
}

impl ThreadRow {
    pub(super) fn into_view(self, viewer: &Actor) -> Result<ThreadView, StoreError> {
        let Self { thread, side, other, other_image, own, own_image, post, live_board, last } = self;
        let kind = ContextKind::from_word(&thread.context_type)
            .ok_or_else(|| StoreError::internal("unknown context of a message thread"))?;
        // A block of the other side takes the thread out of the viewer's sight, so only the other's is left.
        let door = other.as_ref().map(|(.., door)| door.to_door(thread.is_closed)).transpose()?;
        let writer = post.as_ref().and_then(|post| post.author_id);
        let named = |id: UserId, author: Author| Side { author, is_post_author: writer == Some(id) };
        let (own, other) = match thread.number {
            Some(number) => {
                let label = Side {
                    author: Author::Anonymous {
                        number: u32::try_from(number).ok().filter(|number| *number > 0),
                    },
                    is_post_author: number == 0,
                };
                let opener = Side { author: Author::Opener, is_post_author: false };
                if side.is_opener { (opener, label) } else { (label, opener) }
            }
            None => {
                let nobody = || Side { author: Author::Withdrawn, is_post_author: false };
                let own = own.map(|(id, nickname)| {
                    named(id, Author::Named(UserSummary { id, nickname, image: own_image }))
                });
                let other = other.map(|(id, nickname, deleted_at, _)| match deleted_at {
                    None => named(id, Author::Named(UserSummary { id, nickname, image: other_image })),
                    Some(_) => named(id, Author::Withdrawn),
                });
                (own.unwrap_or_else(nobody), other.unwrap_or_else(nobody))
            }
        };
        let context = post
            .filter(|post| live_board.is_some() && (viewer.is_admin() || post.school_id == viewer.school))
            .map(|post| PostRef { id: post.id, title: post.title, created_at: post.created_at });
        Ok(ThreadView {
            id: thread.id,
            kind,
            context,
            own,
            other,
            is_opener: side.is_opener,
            unread: side.unread,
            last_message: last
                .filter(|last| last.seq > side.cleared_seq)
                .map(|last| last.into_view(side.is_opener, side.read_seq)),
            last_message_at: side.last_message_at,
            created_at: thread.created_at,
            read_seq: side.read_seq,
            cleared_seq: side.cleared_seq,
            is_closed: thread.is_closed,
            door,
        })
    }
}
