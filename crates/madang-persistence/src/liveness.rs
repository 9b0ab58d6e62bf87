//! A copy in memory of what the liveness check reads, for the one process that owns a SQLite file.
//!
//! The copy is exact: a read that begins after an answer never sees what was before the change that was answered.
//! Three rules make it so. A write unit that touches a user or a session names the user; once its batch is committed and
//! before it is answered, the writer drops those entries and raises the generation. A read unit fills in what it has
//! read only if the generation is still that of its beginning, before its snapshot was taken: had a change been committed
//! in between, the generation would have moved, or is about to, and then the entry is dropped after all. Write units use
//! the database, because they may see what their batch has not committed yet.

use madang_domain::ids::{SessionId, UserId};
use madang_domain::sessions::{Bearer, Standing};
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// Most users in the copy; beyond it the copy begins anew.
const USERS_MAX: usize = 50_000;

/// The shared copy.
#[derive(Debug, Default)]
pub(crate) struct LivenessCache(RwLock<Copy>);

#[derive(Debug, Default)]
struct Copy {
    generation: u64,
    standings: HashMap<UserId, Vec<(SessionId, Standing)>>,
}

/// Whose standing a write unit has changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Touched {
    /// Nobody's.
    #[default]
    Nobody,
    /// These users'.
    Users(Vec<UserId>),
    /// Anybody's.
    Everybody,
}

/// What a unit knows of standings before it asks the database.
#[derive(Debug)]
pub(crate) enum Known {
    /// Nothing.
    Nothing,
    /// What the copy has.
    Copy(Reading),
    /// One bearer's, asked for since the unit was queued.
    One(Bearer, Standing),
}

/// The copy as one read unit uses it.
#[derive(Debug)]
pub(crate) struct Reading {
    cache: Arc<LivenessCache>,
    began_in: u64,
}

impl LivenessCache {
    /// Begins a read unit. Must come before its snapshot is taken.
    pub(crate) fn begin_reading(self: &Arc<Self>) -> Reading {
        Reading { began_in: self.read().generation, cache: Arc::clone(self) }
    }

    /// Drops what `touched` names. Must come between the commit and its answer.
    pub(crate) fn forget<'t>(&self, touched: impl IntoIterator<Item = &'t Touched>) {
        let mut touched = touched.into_iter().filter(|touched| **touched != Touched::Nobody).peekable();
        if touched.peek().is_none() {
            return;
        }
        let mut copy = self.write();
        copy.generation += 1;
        for touched in touched {
            match touched {
                Touched::Nobody => {}
                Touched::Users(users) => users.iter().for_each(|user| drop(copy.standings.remove(user))),
                Touched::Everybody => copy.standings.clear(),
            }
        }
    }

    fn read(&self) -> RwLockReadGuard<'_, Copy> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Copy> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Reading {
    /// The standing, if the copy has it.
    pub(crate) fn find(&self, Bearer { session, user }: Bearer) -> Option<Standing> {
        let copy = self.cache.read();
        copy.standings.get(&user)?.iter().find(|(id, _)| *id == session).map(|(_, standing)| *standing)
    }

    /// Keeps what the unit has read of the database, unless something has changed since it began.
    pub(crate) fn fill(&self, Bearer { session, user }: Bearer, standing: &Standing) {
        let mut copy = self.cache.write();
        if copy.generation != self.began_in {
            return;
        }
        if copy.standings.len() >= USERS_MAX {
            copy.standings.clear();
        }
        let sessions = copy.standings.entry(user).or_default();
        sessions.retain(|(id, _)| *id != session);
        sessions.push((session, *standing));
    }
}

impl Known {
    /// The bearer's standing, if it is known.
    pub(crate) fn find(&self, bearer: Bearer) -> Option<Standing> {
        match self {
            Self::Copy(copy) => copy.find(bearer),
            Self::One(known, standing) if *known == bearer => Some(*standing),
            Self::Nothing | Self::One(..) => None,
        }
    }

    /// Keeps what the unit has read of the database, where it is kept.
    pub(crate) fn fill(&self, bearer: Bearer, standing: &Standing) {
        if let Self::Copy(copy) = self {
            copy.fill(bearer, standing);
        }
    }
}

impl Touched {
    /// Adds `user`.
    pub(crate) fn add(&mut self, user: UserId) {
        match self {
            Self::Nobody => *self = Self::Users(vec![user]),
            Self::Users(users) => users.push(user),
            Self::Everybody => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;
    use madang_domain::accounts::AccountState;
    use uuid::Uuid;

    const USER: UserId = UserId(Uuid::from_u128(1));
    const SESSION: SessionId = SessionId(Uuid::from_u128(2));

    const BEARER: Bearer = of(USER);

    const fn of(user: UserId) -> Bearer {
        Bearer { session: SESSION, user }
    }

    fn standing(ended: bool) -> Standing {
        Standing {
            ended,
            idle_at: DateTime::UNIX_EPOCH,
            abs_at: DateTime::UNIX_EPOCH,
            school: Uuid::nil().into(),
            is_staff: false,
            is_superuser: false,
            email_verified: true,
            enrolled: true,
            state: AccountState::Active,
            state_until: None,
        }
    }

    /// The steps of one read unit and one write unit, in every order that keeps each one's own.
    #[derive(Clone, Copy, Debug, PartialEq)]
    enum Step {
        BeginReading,
        Snapshot,
        Fill,
        Commit,
        Forget,
    }

    fn interleavings(read: &[Step], write: &[Step]) -> Vec<Vec<Step>> {
        let (Some((first_read, rest_read)), Some((first_write, rest_write))) =
            (read.split_first(), write.split_first())
        else {
            return vec![[read, write].concat()];
        };
        let with = |first: &Step, rest: Vec<Vec<Step>>| -> Vec<Vec<Step>> {
            rest.into_iter().map(|steps| [&[*first], steps.as_slice()].concat()).collect()
        };
        let mut all = with(first_read, interleavings(rest_read, write));
        all.extend(with(first_write, interleavings(read, rest_write)));
        all
    }

    #[test]
    fn auth_5_no_order_of_fill_and_commit_leaves_the_old_state() {
        let orders =
            interleavings(&[Step::BeginReading, Step::Snapshot, Step::Fill], &[Step::Commit, Step::Forget]);
        assert_eq!(orders.len(), 10);
        for order in orders {
            let cache = Arc::new(LivenessCache::default());
            let (mut ended, mut snapshot, mut reading) = (false, false, None);
            for step in &order {
                match step {
                    Step::BeginReading => reading = Some(cache.begin_reading()),
                    Step::Snapshot => snapshot = ended,
                    Step::Fill => reading.as_ref().unwrap().fill(BEARER, &standing(snapshot)),
                    Step::Commit => ended = true,
                    Step::Forget => cache.forget(&[Touched::Users(vec![USER])]),
                }
            }
            let later = cache.begin_reading().find(BEARER);
            assert!(later.is_none_or(|standing| standing.ended), "{order:?}");
        }
    }

    #[test]
    fn only_the_users_named_are_forgotten() {
        let cache = Arc::new(LivenessCache::default());
        let other = UserId(Uuid::from_u128(3));
        for user in [USER, other] {
            cache.begin_reading().fill(of(user), &standing(false));
        }
        cache.forget(&[Touched::Nobody]);
        assert!(cache.begin_reading().find(BEARER).is_some());
        cache.forget(&[Touched::Users(vec![USER])]);
        let reading = cache.begin_reading();
        assert!(reading.find(BEARER).is_none());
        assert!(reading.find(of(other)).is_some());
        cache.forget(&[Touched::Everybody]);
        assert!(reading.find(of(other)).is_none());
    }

    #[test]
    fn a_foreign_session_of_a_known_user_is_not_found() {
        let cache = Arc::new(LivenessCache::default());
        cache.begin_reading().fill(BEARER, &standing(false));
        assert!(
            cache
                .begin_reading()
                .find(Bearer { session: SessionId(Uuid::from_u128(9)), user: USER })
                .is_none()
        );
    }
}
