//! Who wrote an item, for the one use case that tells it.

use crate::anonymity::{wrote_the_comment, wrote_the_post};
use crate::connection::run;
use crate::fragment::Fragment;
use crate::schema::users;
use crate::unit_of_work::DieselUnitOfWork;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use madang_domain::ids::UserId;
use madang_domain::removals::ItemRef;
use madang_domain::reveals::{RevealRepository, RevealedAuthor};
use madang_domain::store::StoreError;

/// Whoever has withdrawn is looked for as well.
fn with_withdrawn() -> users::table {
    users::table
}

impl RevealRepository for DieselUnitOfWork<'_> {
    fn find_author(&mut self, item: ItemRef) -> Result<Option<RevealedAuthor>, StoreError> {
        let wrote = match item {
            ItemRef::Post(id) => wrote_the_post(id),
            ItemRef::Comment(id) => wrote_the_comment(id),
        };
        let row: Option<(UserId, String, String)> = run!(self, |c| {
            with_withdrawn()
                .filter(Fragment::<Bool>::new(wrote))
                .select((users::id, users::username, users::nickname))
                .first(c)
                .optional()
        })?;
        Ok(row.map(|(id, username, nickname)| RevealedAuthor { id, username, nickname }))
    }
}
