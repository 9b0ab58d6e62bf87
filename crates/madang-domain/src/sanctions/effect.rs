//! What the sanctions of a person amount to.

use super::SanctionKind;
use crate::accounts::AccountState;
use crate::ctx::Timestamp;
use crate::ids::{BoardId, SanctionId};

/// A restriction or ban that is running.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Running {
    /// The sanction.
    pub id: SanctionId,
    /// What it does.
    pub kind: SanctionKind,
    /// The board where it holds; `None` for all.
    pub board: Option<BoardId>,
    /// Until when; `None` has no end.
    pub ends_at: Option<Timestamp>,
}

/// The state of an account against which all of `running` stands, and until when: a ban before a restriction, the latest end
/// of several (SAN-3). Restrictions to boards leave the account active; the time then tells until when there are any.
pub fn effect(running: &[Running]) -> (AccountState, Option<Timestamp>) {
    let latest = |matters: &dyn Fn(&Running) -> bool| -> Option<Option<Timestamp>> {
        let ends = running.iter().filter(|one| matters(one)).map(|one| one.ends_at);
        ends.reduce(|one, other| Some(one?.max(other?)))
    };
    let is = |kind: SanctionKind| move |one: &Running| one.kind == kind && one.board.is_none();
    if let Some(until) = latest(&is(SanctionKind::Ban)) {
        return (AccountState::Banned, until);
    }
    if let Some(until) = latest(&is(SanctionKind::Restriction)) {
        return (AccountState::Restricted, until);
    }
    (AccountState::Active, latest(&|one| one.board.is_some()).flatten())
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{DateTime, TimeDelta};
    use uuid::Uuid;

    fn after(days: i64) -> Option<Timestamp> {
        Some(DateTime::UNIX_EPOCH + TimeDelta::days(days))
    }

    fn running(kind: SanctionKind, board: bool, ends_at: Option<Timestamp>) -> Running {
        let board = board.then_some(BoardId(Uuid::from_u128(2)));
        Running { id: SanctionId(Uuid::from_u128(1)), kind, board, ends_at }
    }

    #[test]
    fn san_3_of_several_the_latest_end_holds() {
        let restriction = |days| running(SanctionKind::Restriction, false, after(days));
        assert_eq!(
            effect(&[restriction(3), restriction(9), restriction(5)]),
            (AccountState::Restricted, after(9))
        );
        let ban = |until| running(SanctionKind::Ban, false, until);
        assert_eq!(effect(&[restriction(9), ban(after(2))]), (AccountState::Banned, after(2)));
        assert_eq!(effect(&[ban(None), ban(after(2))]), (AccountState::Banned, None));
        let in_board = running(SanctionKind::Restriction, true, after(4));
        assert_eq!(effect(&[in_board]), (AccountState::Active, after(4)));
        assert_eq!(effect(&[in_board, restriction(1)]), (AccountState::Restricted, after(1)));
        assert_eq!(effect(&[]), (AccountState::Active, None));
    }
}
