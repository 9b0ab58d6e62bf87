//! Who stands behind a label: the one module that reads `anonymous_identities` (ANON-3). It answers only whether the
//! viewer is the person, never who the person is.

use crate::columns::{UidValue, uid};
use crate::connection::run;
use crate::schema::{boards, posts, scraps, users};
use crate::unit_of_work::DieselUnitOfWork;
use diesel::dsl::exists;
use diesel::prelude::*;
use madang_domain::ids::{PostId, UserId};
use madang_domain::store::StoreError;

diesel::table! {
    use diesel::sql_types::*;
    use crate::columns::Uid;

    anonymous_identities (post_id, number) {
        post_id -> Uid,
        number -> Integer,
        user_id -> Uid,
    }
}
diesel::allow_tables_to_appear_in_same_query!(anonymous_identities, boards);
diesel::allow_tables_to_appear_in_same_query!(anonymous_identities, posts);
diesel::allow_tables_to_appear_in_same_query!(anonymous_identities, scraps);
diesel::allow_tables_to_appear_in_same_query!(anonymous_identities, users);

/// The number of the author of an anonymous post, which `wrote_post` has to spell out; the writers of its comments count
/// from 1.
const POST_AUTHOR: i32 = 0;

/// Whether `viewer` wrote the anonymous post of the row.
#[diesel::dsl::auto_type]
pub(crate) fn wrote_post(viewer: UidValue) -> _ {
    exists(
        anonymous_identities::table
            .filter(anonymous_identities::post_id.eq(posts::id))
            .filter(anonymous_identities::number.eq(0_i32))
            .filter(anonymous_identities::user_id.eq(viewer)),
    )
}

/// Keeps who wrote the anonymous `post`.
pub(crate) fn keep_author(
    uow: &mut DieselUnitOfWork<'_>,
    post: PostId,
    author: UserId,
) -> Result<(), StoreError> {
    let row = (
        anonymous_identities::post_id.eq(uid(post)),
        anonymous_identities::number.eq(POST_AUTHOR),
        anonymous_identities::user_id.eq(uid(author)),
    );
    run!(uow, |c| diesel::insert_into(anonymous_identities::table).values(row).execute(c))?;
    Ok(())
}
