//! Blocks.

mod list;
mod sight;

use crate::columns::{UidValue, at, uid};
use crate::connection::run;
use crate::schema::{blocks, comments, posts};
use crate::unit_of_work::DieselUnitOfWork;
use diesel::prelude::*;
use madang_domain::actor::Actor;
use madang_domain::blocks::{Block, BlockQuery, BlockRepository, Blocked, NewBlock};
use madang_domain::comments::Writer;
use madang_domain::ids::{BlockId, CommentId, PostId, UserId};
use madang_domain::paging::Page;
use madang_domain::store::StoreError;

pub(crate) use sight::{comment_is_blocked, is_blocked, is_blocked_by, post_is_unblocked};

/// The columns that say who is blocked: the user, thread and number of a label, or the message thread.
type Columns = (Option<UidValue>, Option<UidValue>, Option<i32>, Option<UidValue>);

fn columns(blocked: Blocked) -> Result<Columns, StoreError> {
    Ok(match blocked {
        Blocked::User(user) => (Some(uid(user)), None, None, None),
        Blocked::Thread(thread) => (None, None, None, Some(uid(thread))),
        Blocked::Label { post, number } => {
            let number = i32::try_from(number);
            let number = number.map_err(|_| StoreError::internal("a number of a thread is out of range"))?;
            (None, Some(uid(post)), Some(number), None)
        }
    })
}

/// Who wrote an item: a name, or a number of its thread.
fn author(author: Option<UserId>, number: Option<i32>) -> Result<Writer, StoreError> {
    if let Some(user) = author {
        return Ok(Writer::Named(user));
    }
    let number = number.and_then(|number| u32::try_from(number).ok());
    let number = number.ok_or_else(|| StoreError::internal("an item without name and number"))?;
    Ok(Writer::Anonymous(number))
}

impl BlockRepository for DieselUnitOfWork<'_> {
    fn find_author_of_post(&mut self, viewer: &Actor, id: PostId) -> Result<Option<Writer>, StoreError> {
        let row: Option<Option<UserId>> = run!(self, |c| {
            let mut query =
                crate::posts::live().filter(posts::id.eq(uid(id))).select(posts::author_id).into_boxed();
            if !viewer.is_admin() {
                query = query.filter(posts::school_id.eq(uid(viewer.school)));
            }
            query.first(c).optional()
        })?;
        row.map(|user| author(user, Some(0))).transpose()
    }

    fn find_author_of_comment(
        &mut self,
        viewer: &Actor,
        id: CommentId,
    ) -> Result<Option<(PostId, Writer)>, StoreError> {
        let row: Option<(Option<UserId>, PostId, Option<i32>)> = run!(self, |c| {
            let mut query = crate::comments::live()
                .filter(comments::id.eq(uid(id)))
                .select((comments::author_id, comments::post_id, comments::number))
                .into_boxed();
            if !viewer.is_admin() {
                query = query.filter(posts::school_id.eq(uid(viewer.school)));
            }
            query.first(c).optional()
        })?;
        row.map(|(user, post, number)| Ok((post, author(user, number)?))).transpose()
    }

    fn find_id(&mut self, blocker: UserId, blocked: Blocked) -> Result<Option<BlockId>, StoreError> {
        let (user, post, number, thread) = columns(blocked)?;
        run!(self, |c| {
            let own = blocks::table.filter(blocks::blocker_id.eq(uid(blocker))).select(blocks::id);
            match (user, thread) {
                (Some(user), _) => own.filter(blocks::user_id.eq(user)).first(c).optional(),
                (_, Some(thread)) => own.filter(blocks::thread_id.eq(thread)).first(c).optional(),
                _ => {
                    own.filter(blocks::post_id.eq(post)).filter(blocks::number.eq(number)).first(c).optional()
                }
            }
        })
    }

    fn exists_between(&mut self, one: UserId, other: UserId) -> Result<bool, StoreError> {
        let (one, other) = (uid(one), uid(other));
        let of = |blocker: UidValue, blocked: UidValue| {
            blocks::table.filter(blocks::blocker_id.eq(blocker)).filter(blocks::user_id.eq(blocked))
        };
        run!(self, |c| {
            let either = diesel::dsl::exists(of(one, other)).or(diesel::dsl::exists(of(other, one)));
            diesel::select(either).get_result(c)
        })
    }

    fn add(&mut self, block: &NewBlock) -> Result<BlockId, StoreError> {
        let (user, post, number, thread) = columns(block.blocked)?;
        let row = (
            blocks::id.eq(uid(block.id)),
            blocks::blocker_id.eq(uid(block.blocker)),
            blocks::target_type.eq(block.target.as_str()),
            blocks::user_id.eq(user),
            blocks::post_id.eq(post),
            blocks::number.eq(number),
            blocks::thread_id.eq(thread),
            blocks::created_at.eq(at(block.created_at)),
        );
        // A former row is written as it is, because only what is written is answered, and a look for it afterwards could
        // come too late.
        let as_before = blocks::blocker_id.eq(uid(block.blocker));
        run!(self, |c| {
            let insert = diesel::insert_into(blocks::table).values(row);
            match (user, thread) {
                (_, Some(_)) => insert
                    .on_conflict((blocks::blocker_id, blocks::thread_id))
                    .do_update()
                    .set(as_before)
                    .returning(blocks::id)
                    .get_result(c),
                (Some(_), _) => insert
                    .on_conflict((blocks::blocker_id, blocks::user_id))
                    .do_update()
                    .set(as_before)
                    .returning(blocks::id)
                    .get_result(c),
                _ => insert
                    .on_conflict((blocks::blocker_id, blocks::post_id, blocks::number))
                    .do_update()
                    .set(as_before)
                    .returning(blocks::id)
                    .get_result(c),
            }
        })
    }

    fn find(&mut self, viewer: &Actor, id: BlockId) -> Result<Option<Block>, StoreError> {
        list::find(self, viewer, id)
    }

    fn list(&mut self, viewer: &Actor, query: &BlockQuery) -> Result<Page<Block>, StoreError> {
        list::list(self, viewer, query)
    }

    fn remove(&mut self, blocker: UserId, id: BlockId) -> Result<bool, StoreError> {
        let own = blocks::table.find(uid(id)).filter(blocks::blocker_id.eq(uid(blocker)));
        Ok(run!(self, |c| diesel::delete(own).execute(c))? == 1)
    }
}
