//! The port of sessions.

use crate::accounts::AccountState;
use crate::ctx::Timestamp;
use crate::ids::{SchoolId, SessionId, UserId};
use crate::paging::{Page, PageRequest};
use crate::sessions::{RevokeReason, Session};
use crate::store::StoreError;

/// Whom a genuine access token names: a session, and whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bearer {
    /// The session.
    pub session: SessionId,
    /// Its user.
    pub user: UserId,
}

/// What decides whether a session's access tokens are good, and for what: read anew in each unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Whether the session was ended.
    pub ended: bool,
    /// When the session runs out unless it is refreshed.
    pub idle_at: Timestamp,
    /// When the session runs out in any case.
    pub abs_at: Timestamp,
    /// The user's school.
    pub school: SchoolId,
    /// Staff of the school.
    pub is_staff: bool,
    /// Staff of the site.
    pub is_superuser: bool,
    /// Whether the address is proven.
    pub email_verified: bool,
    /// Whether the enrolment is proven.
    pub enrolled: bool,
    /// The state as it was set.
    pub state: AccountState,
    /// When that ends by the clock.
    pub state_until: Option<Timestamp>,
}

/// Sessions.
pub trait SessionRepository {
    /// The standing of a session that belongs to `user`; `None` when there is no such session or it is another's. One
    /// statement.
    fn find_standing(&mut self, id: SessionId, user: UserId) -> Result<Option<Standing>, StoreError>;

    /// The session, live or not.
    fn find(&mut self, id: SessionId) -> Result<Option<Session>, StoreError>;

    /// Adds a session.
    fn add(&mut self, session: &Session) -> Result<(), StoreError>;

    /// Raises the counter of a session that is live at `now` and still at `counter`; notes the secret of the next token
    /// and the new end without refresh. Answers the session as it is then, `None` when it is not so. One statement, so
    /// that of parallel callers one alone wins.
    fn rotate(
        &mut self,
        id: SessionId,
        counter: i64,
        key_id: u8,
        now: Timestamp,
        idle_at: Timestamp,
    ) -> Result<Option<Session>, StoreError>;

    /// One page of the user's sessions that are live at `now`, newest first.
    fn list_live(
        &mut self,
        user: UserId,
        now: Timestamp,
        page: PageRequest,
    ) -> Result<Page<Session>, StoreError>;

    /// Ends a session of `user`; `false` when there is none that is not ended.
    fn end(
        &mut self,
        id: SessionId,
        user: UserId,
        now: Timestamp,
        reason: RevokeReason,
    ) -> Result<bool, StoreError>;

    /// Ends all sessions of `user` but `except`; answers how many.
    fn end_all(
        &mut self,
        user: UserId,
        except: Option<SessionId>,
        now: Timestamp,
        reason: RevokeReason,
    ) -> Result<usize, StoreError>;

    /// Ends all but the `keep` newest of the user's live sessions; answers how many (AUTH-10). To be exact under parallel
    /// logins, the unit holds the user's row.
    fn end_oldest(&mut self, user: UserId, keep: usize, now: Timestamp) -> Result<usize, StoreError>;

    /// Notes that the password was proven in the session, and gives it a new salt and counter, so that every refresh
    /// token made before is dead.
    fn renew(&mut self, session: &Session) -> Result<(), StoreError>;

    /// Erases sessions that ran out before `before`; answers how many.
    fn purge(&mut self, before: Timestamp) -> Result<usize, StoreError>;
}
