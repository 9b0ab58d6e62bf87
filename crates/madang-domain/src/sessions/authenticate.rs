//! Liveness: who a genuine access token stands for at this very moment (AUTH-5).

use crate::accounts::{AccountState, role};
use crate::actor::{Actor, Credential, Restriction};
use crate::ctx::Moment;
use crate::ids::{SessionId, UserId};
use crate::sanctions::SanctionKind;
use crate::sessions::Standing;
use crate::store::{StoreError, UnitOfWork};

/// Why a genuine access token is not accepted.
#[derive(Debug, thiserror::Error)]
pub enum AuthenticateError {
    /// It names no session of that user.
    #[error("no such session of that user")]
    InvalidToken,
    /// Its session has ended or run out, or its user is banned or has withdrawn.
    #[error("the session has ended")]
    SessionRevoked,
    /// The store failed: no access.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Who acts. The first statement of each authenticated unit, so that whatever an earlier answer has ended is ended here.
pub fn authenticate(
    uow: &mut dyn UnitOfWork,
    moment: &Moment,
    session: SessionId,
    user: UserId,
) -> Result<Actor, AuthenticateError> {
    let standing = uow.sessions().find_standing(session, user)?.ok_or(AuthenticateError::InvalidToken)?;
    let actor = judge(&standing, moment, Credential::Session(session), user);
    let mut actor = actor.ok_or(AuthenticateError::SessionRevoked)?;
    restrict(uow, moment, &standing, &mut actor)?;
    Ok(actor)
}

/// The actor of a session or token that is good at this moment.
pub(crate) fn judge(
    standing: &Standing,
    moment: &Moment,
    credential: Credential,
    user: UserId,
) -> Option<Actor> {
    let now = moment.now;
    let state = standing.state.at(standing.state_until, now);
    let runs = !standing.ended && now < standing.idle_at && now < standing.abs_at;
    if !runs || matches!(state, AccountState::Banned | AccountState::Withdrawn) {
        return None;
    }
    let restricted = state == AccountState::Restricted;
    Some(Actor {
        user,
        school: standing.school,
        role: role(standing.is_staff, standing.is_superuser, standing.enrolled),
        email_verified: standing.email_verified,
        restriction: restricted.then_some(Restriction { ends_at: standing.state_until, sanction: None }),
        in_boards: Vec::new(),
        credential,
    })
}

/// Adds the restrictions that run at this moment. They are asked for only where the user's row tells that there are or were
/// some, so that nobody else pays for it.
pub(crate) fn restrict(
    uow: &mut dyn UnitOfWork,
    moment: &Moment,
    standing: &Standing,
    actor: &mut Actor,
) -> Result<(), StoreError> {
    let now = moment.now;
    if standing.state == AccountState::Active && standing.state_until.is_none_or(|until| until <= now) {
        return Ok(());
    }
    // The one that ends last comes first.
    for running in uow.sanctions().list_running(actor.user, now)?.into_iter().rev() {
        let restriction = Restriction { ends_at: running.ends_at, sanction: Some(running.id) };
        match (running.kind, running.board) {
            (SanctionKind::Restriction, None) => actor.restriction = Some(restriction),
            (SanctionKind::Restriction, Some(board)) => actor.in_boards.insert(0, (board, restriction)),
            (SanctionKind::Warning | SanctionKind::Ban, _) => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actor::Role;
    use crate::ctx::{Entropy, Timestamp};
    use chrono::{DateTime, TimeDelta};
    use std::sync::Arc;
    use uuid::Uuid;

    struct Zeros;
    impl Entropy for Zeros {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(0);
        }
    }

    fn after(seconds: i64) -> Timestamp {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
    }

    fn standing() -> Standing {
        Standing {
            ended: false,
            idle_at: after(10),
            abs_at: after(20),
            school: Uuid::nil().into(),
            is_staff: false,
            is_superuser: false,
            email_verified: true,
            enrolled: true,
            state: AccountState::Active,
            state_until: None,
        }
    }

    fn judged(standing: Standing, at: i64) -> Option<Actor> {
        let moment = Moment::new(after(at), Arc::default(), Arc::new(Zeros));
        judge(&standing, &moment, Credential::Session(Uuid::nil().into()), Uuid::nil().into())
    }

    #[test]
    fn auth_10_a_session_runs_until_its_exact_ends() {
        assert!(judged(standing(), 9).is_some());
        assert!(judged(standing(), 10).is_none());
        assert!(judged(Standing { idle_at: after(30), ..standing() }, 19).is_some());
        assert!(judged(Standing { idle_at: after(30), ..standing() }, 20).is_none());
        assert!(judged(Standing { ended: true, ..standing() }, 0).is_none());
    }

    #[test]
    fn acc_17_states_are_judged_by_the_clock() {
        let restricted =
            Standing { state: AccountState::Restricted, state_until: Some(after(5)), ..standing() };
        assert_eq!(
            judged(restricted, 4).unwrap().restriction,
            Some(Restriction { ends_at: Some(after(5)), sanction: None })
        );
        assert_eq!(judged(restricted, 5).unwrap().restriction, None);
        let banned = Standing { state: AccountState::Banned, state_until: None, ..standing() };
        assert!(judged(banned, 0).is_none());
        assert!(judged(Standing { state: AccountState::Withdrawn, ..banned }, 0).is_none());
    }

    #[test]
    fn acc_22_the_role_is_that_of_the_row() {
        assert_eq!(judged(standing(), 0).unwrap().role, Role::Student);
        assert_eq!(judged(Standing { is_staff: true, ..standing() }, 0).unwrap().role, Role::Moderator);
        assert_eq!(judged(Standing { enrolled: false, ..standing() }, 0).unwrap().role, Role::Guest);
    }
}
