//! What the owner of blocks sees of them.

use crate::columns::{Uid, uid};
use crate::connection::run;
use crate::filters::filter_one_of;
use crate::media::profile_image;
use crate::schema::{blocks, boards, media, message_sides, message_threads, posts, users};
use crate::unit_of_work::DieselUnitOfWork;
use diesel::dsl::auto_type;
use diesel::prelude::*;
use diesel::sql_types::Nullable;
use madang_domain::accounts::UserSummary;
use madang_domain::actor::Actor;
use madang_domain::blocks::{Block, BlockQuery, BlockTarget};
use madang_domain::ctx::Timestamp;
use madang_domain::ids::{BlockId, BoardId, MediaId, PostId, SchoolId, UserId};
use madang_domain::paging::Page;
use madang_domain::posts::{Author, PostRef};
use madang_domain::store::StoreError;

diesel::define_sql_function! {
    /// The first that is not null.
    #[sql_name = "coalesce"]
    fn thread_of(label: Nullable<Uid>, thread: Nullable<Uid>) -> Nullable<Uid>;
}

/// Blocks with who is behind a name, and with the post of a label or thread while it can be read.
#[auto_type]
fn with_targets() -> _ {
    blocks::table
        .left_join(users::table.on(blocks::user_id.eq(users::id.nullable())))
        .left_join(message_threads::table.on(blocks::thread_id.eq(message_threads::id.nullable())))
        .left_join(
            message_sides::table.on(message_sides::thread_id
                .eq(message_threads::id)
                .and(message_sides::user_id.eq(blocks::blocker_id.nullable()))),
        )
        .left_join(
            posts::table.on(posts::id
                .nullable()
                .eq(thread_of(blocks::post_id, message_threads::post_id))
                .and(posts::deleted_at.is_null())
                .and(posts::removed_at.is_null())
                .and(posts::hidden_reason.is_null())),
        )
        .left_join(boards::table.on(posts::board_id.eq(boards::id).and(boards::deleted_at.is_null())))
}

macro_rules! block_columns {
    () => {
        (
            (blocks::id, blocks::target_type, blocks::number, blocks::created_at),
            (users::id, users::nickname, users::deleted_at).nullable(),
            profile_image!(blocks::user_id),
            (posts::id, posts::title, posts::created_at, posts::school_id).nullable(),
            boards::id.nullable(),
            (message_threads::number, message_sides::is_opener).nullable(),
        )
    };
}

#[derive(Queryable)]
struct BlockRow {
    block: (BlockId, String, Option<i32>, Timestamp),
    user: Option<(UserId, String, Option<Timestamp>)>,
    image: Option<MediaId>,
    post: Option<(PostId, Option<String>, Timestamp, SchoolId)>,
    live_board: Option<BoardId>,
    /// Of a message thread: the number of its label, and whether the viewer opened it and so meets the label.
    thread: Option<(Option<i32>, bool)>,
}

impl BlockRow {
    fn into_block(self, viewer: &Actor) -> Result<Block, StoreError> {
        let Self { block: (id, target, number, created_at), user, image, post, live_board, thread } = self;
        let number = thread.map_or(number, |(number, _)| number);
        let author = match (user, number) {
            (Some((id, nickname, None)), _) => Author::Named(UserSummary { id, nickname, image }),
            (Some(_), _) => Author::Withdrawn,
            _ if thread.is_some_and(|(_, is_opener)| !is_opener) => Author::Opener,
            (None, number) => {
                let number = number.and_then(|number| u32::try_from(number).ok());
                Author::Anonymous { number: number.filter(|number| *number > 0) }
            }
        };
        let context = post
            .filter(|(.., school)| live_board.is_some() && (viewer.is_admin() || *school == viewer.school))
            .map(|(id, title, created_at, _)| PostRef { id, title, created_at });
        let target = BlockTarget::from_word(&target)
            .ok_or_else(|| StoreError::internal(format!("unknown target {target:?} of a block")))?;
        Ok(Block { id, target, author, context, created_at })
    }
}

pub(super) fn find(
    uow: &mut DieselUnitOfWork<'_>,
    viewer: &Actor,
    id: BlockId,
) -> Result<Option<Block>, StoreError> {
    let row: Option<BlockRow> = run!(uow, |c| {
        with_targets()
            .filter(blocks::id.eq(uid(id)))
            .filter(blocks::blocker_id.eq(uid(viewer.user)))
            .select(block_columns!())
            .first(c)
            .optional()
    })?;
    row.map(|row| row.into_block(viewer)).transpose()
}

pub(super) fn list(
    uow: &mut DieselUnitOfWork<'_>,
    viewer: &Actor,
    query: &BlockQuery,
) -> Result<Page<Block>, StoreError> {
    let BlockQuery { targets, descending, request } = query;
    let count = run!(uow, |c| {
        let mut query = blocks::table.filter(blocks::blocker_id.eq(uid(viewer.user))).into_boxed();
        filter_one_of!(query, targets, blocks::target_type, BlockTarget::as_str);
        query.count().get_result(c)
    })?;
    let rows: Vec<BlockRow> = run!(uow, |c| {
        let mut query = with_targets()
            .filter(blocks::blocker_id.eq(uid(viewer.user)))
            .select(block_columns!())
            .into_boxed();
        filter_one_of!(query, targets, blocks::target_type, BlockTarget::as_str);
        query = match descending {
            true => query.order((blocks::created_at.desc(), blocks::id.desc())),
            false => query.order((blocks::created_at.asc(), blocks::id.asc())),
        };
        query.limit(request.page_size.into()).offset(request.offset()).load(c)
    })?;
    let items = rows.into_iter().map(|row| row.into_block(viewer)).collect::<Result<_, _>>()?;
    Ok(Page { count, items })
}
