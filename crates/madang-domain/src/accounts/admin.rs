//! Users as admins look at them.

use crate::accounts::{AccountQuery, Member};
use crate::ctx::Ctx;
use crate::ids::UserId;
use crate::paging::Page;
use crate::store::{StoreError, UnitOfWork};

/// The user, withdrawn or not. The row is open to admins alone, which the caller has judged.
pub fn find_user(uow: &mut dyn UnitOfWork, id: UserId) -> Result<Option<Member>, StoreError> {
    uow.accounts().find_member_with_withdrawn(id)
}

/// One page of users, withdrawn ones included. The row is open to admins alone, which the caller has judged.
pub fn list_users(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    query: &AccountQuery,
) -> Result<Page<Member>, StoreError> {
    uow.accounts().list_members_with_withdrawn(query, ctx.now)
}
