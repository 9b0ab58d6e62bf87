//! Whether a member can be written to by name.

use crate::accounts::AccountState;
use crate::ctx::Timestamp;
use crate::permissions::{Denial, Permission};

/// What decides whether a member gets messages of one other (MSG-3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Door {
    /// Whether the member accepts new threads.
    pub accepts: bool,
    /// The member's state as stored.
    pub state: AccountState,
    /// When that state ends by the clock.
    pub state_until: Option<Timestamp>,
    /// Whether one of the two has blocked the other by name.
    pub is_apart: bool,
}

impl Door {
    /// Whether a new thread reaches the member. Every cause is one answer.
    pub fn check_open(&self, now: Timestamp) -> Permission {
        if self.accepts { self.check_reply(now) } else { Err(Denial::RecipientUnavailable) }
    }

    /// Whether a message in a thread that is there does.
    pub fn check_reply(&self, now: Timestamp) -> Permission {
        match self.state.at(self.state_until, now) {
            AccountState::Active | AccountState::Restricted if !self.is_apart => Ok(()),
            _ => Err(Denial::RecipientUnavailable),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{DateTime, TimeDelta};

    #[test]
    fn msg_3_every_cause_is_one_answer_and_a_refusal_of_new_threads_ends_no_old_one() {
        let now = DateTime::UNIX_EPOCH;
        let open = Door { accepts: true, state: AccountState::Active, state_until: None, is_apart: false };
        assert_eq!((open.check_open(now), open.check_reply(now)), (Ok(()), Ok(())));
        let shut = Err(Denial::RecipientUnavailable);
        let refusing = Door { accepts: false, ..open };
        assert_eq!((refusing.check_open(now), refusing.check_reply(now)), (shut, Ok(())));
        let banned = Door { state: AccountState::Banned, ..open };
        for door in [Door { is_apart: true, ..open }, banned, Door { state: AccountState::Withdrawn, ..open }]
        {
            assert_eq!((door.check_open(now), door.check_reply(now)), (shut, shut));
        }
        let over = Door { state_until: Some(now - TimeDelta::days(1)), ..banned };
        assert_eq!(over.check_open(now), Ok(()));
    }
}
