//! Following what a person is told, as it happens (NOT-6).
//!
//! A follower asks again and again, cheaply, whether anything may have changed, and only then looks. So it needs no word
//! from whoever wrote, on this node or another, and what it tells is what the lists show at that moment.

use super::{NoticeFilter, NoticeView, Unread, count_unread};
use crate::ctx::{Ctx, Timestamp};
use crate::ids::NotificationId;
use crate::paging::{FeedOrder, FeedRequest, From, Position};
use crate::store::{StoreError, UnitOfWork};
use chrono::TimeDelta;
use std::collections::HashSet;

/// How many of the latest notices are looked at: more at once are a gap.
const PAGE: u32 = 100;

/// How much earlier than the latest notice another may be dated that comes later, because its unit took longer.
const LATE: TimeDelta = TimeDelta::seconds(30);

/// What moves whenever somebody is told of something or reads of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pulse {
    /// Unread rows, whether in sight or not.
    pub unread: i64,
    /// The instant of the latest row.
    pub latest: Option<Timestamp>,
}

/// What a person's lists show at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// The pulse just before.
    pub pulse: Pulse,
    /// The latest notices, the newest first.
    pub notices: Vec<NoticeView>,
    /// How much is unread.
    pub unread: Unread,
}

/// From where somebody follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    /// From now on.
    Now,
    /// After the notice at this position, which was the last one told.
    After(Position),
    /// After something that nobody knows.
    Unknown,
}

/// What a follower tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A new notice.
    Notice(NoticeView),
    /// The numbers of unread things, when they have changed.
    Unread(Unread),
    /// More has happened than can be told: the lists are to be read anew.
    Resync,
}

/// What has been told to one who follows.
#[derive(Clone, Debug)]
pub struct Follower {
    since: Option<Since>,
    seen: HashSet<NotificationId>,
    latest: Option<Timestamp>,
    pulse: Option<Pulse>,
    unread: Option<Unread>,
}

/// Asks whether anything may have changed; one cheap statement.
pub fn feel_pulse(uow: &mut dyn UnitOfWork, ctx: &Ctx) -> Result<Pulse, StoreError> {
    uow.notifications().feel_pulse(ctx.actor.user)
}

/// Looks at the caller's notices.
pub fn look(uow: &mut dyn UnitOfWork, ctx: &Ctx) -> Result<Look, StoreError> {
    let pulse = feel_pulse(uow, ctx)?;
    let request = FeedRequest { from: From::Start, limit: PAGE, order: FeedOrder::NewestFirst };
    let notices = uow.notifications().list(&ctx.actor, &NoticeFilter::default(), request)?.items;
    let unread = count_unread(uow, ctx)?;
    Ok(Look { pulse, notices, unread })
}

/// The place of a notice in the order of lists.
pub fn position(notice: &NoticeView) -> Position {
    Position { at: notice.created_at, id: notice.id.into() }
}

impl Follower {
    /// Somebody who follows from here.
    pub fn new(since: Since) -> Self {
        Self { since: Some(since), seen: HashSet::new(), latest: None, pulse: None, unread: None }
    }

    /// Whether a look is due.
    pub fn is_behind(&self, pulse: Pulse) -> bool {
        self.pulse != Some(pulse)
    }

    /// What is to be told after this look, in order. The first look tells what was missed, and the numbers.
    pub fn take(&mut self, look: Look) -> Vec<Event> {
        let Look { pulse, notices, unread } = look;
        let since = self.since.take();
        let is_new = |notice: &NoticeView| match since {
            Some(Since::Now | Since::Unknown) => false,
            Some(Since::After(last)) => position(notice) > last,
            None => {
                let is_late = self.latest.is_some_and(|latest| notice.created_at < latest - LATE);
                !is_late && !self.seen.contains(&notice.id)
            }
        };
        let fresh: Vec<NoticeView> = notices.iter().filter(|notice| is_new(notice)).cloned().collect();
        let gap = since == Some(Since::Unknown) || fresh.len() >= PAGE as usize;
        let mut events = Vec::new();
        if gap {
            events.push(Event::Resync);
        } else {
            // What is out of sight by now is not news.
            events.extend(fresh.into_iter().rev().filter(|notice| !notice.is_neutral).map(Event::Notice));
        }
        if self.unread != Some(unread) {
            events.push(Event::Unread(unread));
        }
        self.seen = notices.iter().map(|notice| notice.id).collect();
        self.latest = self.latest.max(notices.first().map(|notice| notice.created_at));
        (self.pulse, self.unread) = (Some(pulse), Some(unread));
        events
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notifications::NotificationKind;
    use chrono::DateTime;
    use uuid::Uuid;

    fn notice(n: u128) -> NoticeView {
        NoticeView {
            report: None,
            id: NotificationId(Uuid::from_u128(n)),
            kind: NotificationKind::Comment,
            is_neutral: false,
            actor: None,
            by_post_author: false,
            target: None,
            is_read: false,
            created_at: DateTime::UNIX_EPOCH + TimeDelta::seconds(i64::try_from(n).unwrap()),
        }
    }

    fn look(numbers: impl DoubleEndedIterator<Item = u128>) -> Look {
        let notices: Vec<_> = numbers.rev().map(notice).take(PAGE as usize).collect();
        let unread = i64::try_from(notices.len()).unwrap();
        let pulse = Pulse { unread, latest: notices.first().map(|notice| notice.created_at) };
        Look { pulse, notices, unread: Unread { notifications: unread, ..Unread::default() } }
    }

    fn told(events: &[Event]) -> Vec<Option<u128>> {
        let notices = events.iter().filter(|event| !matches!(event, Event::Unread(_)));
        notices
            .map(|event| match event {
                Event::Notice(notice) => Some(notice.id.0.as_u128()),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn not_6_what_is_new_is_told_once_and_in_order() {
        let mut follower = Follower::new(Since::Now);
        let first = follower.take(look(1..=3));
        assert_eq!((told(&first), first.len()), (vec![], 1), "the numbers are told at once");
        assert!(!follower.is_behind(look(1..=3).pulse) && follower.is_behind(look(1..=4).pulse));
        assert_eq!(told(&follower.take(look(1..=5))), [Some(4), Some(5)]);
        assert_eq!(follower.take(look(1..=5)), []);
        // One that was dated earlier and has come later.
        let mut late = look([1, 2, 3, 5, 6].into_iter());
        follower.take(look([1, 2, 3, 5, 6].into_iter()));
        late.notices.insert(1, notice(4));
        follower.seen.remove(&notice(4).id);
        assert_eq!(told(&follower.take(late)), [Some(4)]);
        // What only comes into the page because others went is not news.
        assert_eq!(told(&follower.take(look(100..=101))), [Some(100), Some(101)]);
        assert_eq!(told(&follower.take(look([1, 101].into_iter()))), []);
    }

    #[test]
    fn not_6_a_gap_that_cannot_be_filled_is_told() {
        let mut follower = Follower::new(Since::After(position(&notice(2))));
        assert_eq!(told(&follower.take(look(1..=4))), [Some(3), Some(4)]);
        assert_eq!(told(&follower.take(look(1..=300))), [None]);
        let mut long = Follower::new(Since::After(position(&notice(2))));
        assert_eq!(told(&long.take(look(1..=300))), [None]);
        assert_eq!(told(&Follower::new(Since::Unknown).take(look(1..=2))), [None]);
    }

    #[test]
    fn not_6_what_is_out_of_sight_is_not_told() {
        let mut follower = Follower::new(Since::Now);
        follower.take(look(1..=1));
        let mut next = look(1..=2);
        next.notices[0].is_neutral = true;
        assert_eq!(told(&follower.take(next)), []);
    }
}
