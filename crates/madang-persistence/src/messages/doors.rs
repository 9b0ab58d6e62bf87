//! Whether members can be written to by name.

use crate::columns::{UidValue, uid};
use crate::connection::run;
use crate::schema::{blocks, users};
use crate::unit_of_work::DieselUnitOfWork;
use diesel::dsl::exists;
use diesel::prelude::*;
use madang_domain::accounts::AccountState;
use madang_domain::ctx::Timestamp;
use madang_domain::ids::UserId;
use madang_domain::messages::Door;
use madang_domain::store::StoreError;

/// What a read of something else needs of the user that it joins.
macro_rules! door_columns {
    () => {
        (users::accept_messages, users::state, users::state_until)
    };
}
pub(crate) use door_columns;

/// The columns of `door_columns!`.
#[derive(Queryable)]
pub(crate) struct DoorRow {
    accepts: bool,
    state: String,
    state_until: Option<Timestamp>,
}

impl DoorRow {
    /// The door to a viewer who is or is not apart from the member.
    pub(crate) fn to_door(&self, is_apart: bool) -> Result<Door, StoreError> {
        let state = AccountState::from_word(&self.state)
            .ok_or_else(|| StoreError::internal(format!("unknown state {:?} of a user", self.state)))?;
        Ok(Door { accepts: self.accepts, state, state_until: self.state_until, is_apart })
    }
}

/// Users, withdrawn ones included, who are told apart by their state.
fn with_withdrawn() -> users::table {
    users::table
}

pub(super) fn find(
    uow: &mut DieselUnitOfWork<'_>,
    viewer: UserId,
    user: UserId,
) -> Result<Option<Door>, StoreError> {
    let (one, other) = (uid(viewer), uid(user));
    let of = |blocker: UidValue, blocked: UidValue| {
        blocks::table.filter(blocks::blocker_id.eq(blocker)).filter(blocks::user_id.eq(blocked))
    };
    let row: Option<(DoorRow, bool)> = run!(uow, |c| {
        with_withdrawn()
            .filter(users::id.eq(other))
            .select((door_columns!(), exists(of(one, other)).or(exists(of(other, one)))))
            .first(c)
            .optional()
    })?;
    row.map(|(door, is_apart)| door.to_door(is_apart)).transpose()
}
