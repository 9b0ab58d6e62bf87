//! Telling those who keep a board at hand of its new notice (BRD-5).
//!
//! They may be thousands, and each has a row in another place of the table. So the first are told with the change itself, and
//! the others in rounds of the jobs, that nobody else waits for.

use super::{NewNotice, NoticeActor, NoticeTarget, NotificationKind, Recipient};
use crate::ctx::{Ctx, Timestamp};
use crate::ids::{BoardId, NotificationId, PostId, UserId};
use crate::store::{StoreError, UnitOfWork};

/// How many are told within one unit.
const AT_ONCE: u32 = 500;

/// A notice of which somebody may not have been told yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoticeRound {
    /// The board.
    pub board: BoardId,
    /// Its notice.
    pub post: PostId,
    /// Who has put it up.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
    /// The last one who has been told, in the order of ids.
    pub after: Option<UserId>,
}

/// Tells of a notice that has just been put up, each person once however often it is. Who has not been told of the former
/// one is not any more.
pub fn tell_of_board_notice(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    board: BoardId,
    post: PostId,
) -> Result<(), StoreError> {
    uow.notifications().remove_round(board)?;
    tell_next(uow, NoticeRound { board, post, by: ctx.actor.user, at: ctx.now, after: None })
}

/// Goes on with one unfinished notice; whether there was one.
pub fn tell_on(uow: &mut dyn UnitOfWork) -> Result<bool, StoreError> {
    let Some(round) = uow.notifications().find_round()? else { return Ok(false) };
    uow.notifications().remove_round(round.board)?;
    tell_next(uow, round)?;
    Ok(true)
}

fn tell_next(uow: &mut dyn UnitOfWork, round: NoticeRound) -> Result<(), StoreError> {
    let NoticeRound { board, post, by, at, after } = round;
    let until = uow.notifications().find_holder(board, after, AT_ONCE)?;
    let notice = NewNotice {
        // The post is the event.
        id: NotificationId(post.0),
        kind: NotificationKind::BoardNotice,
        to: Recipient::FavouriteHolders { board, after, until },
        but_not: None,
        by: Some(by),
        actor: NoticeActor::Named(by),
        target: Some(NoticeTarget::post(post)),
        at,
    };
    uow.notifications().add(&notice)?;
    match until {
        Some(after) => uow.notifications().add_round(&NoticeRound { after: Some(after), ..round }),
        None => Ok(()),
    }
}
