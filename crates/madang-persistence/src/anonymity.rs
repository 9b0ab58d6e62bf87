//! Who stands behind a label: the one module that reads `anonymous_identities` (ANON-3). It answers only whether the
//! viewer is the person, never who the person is.

use crate::columns::{Uid, UidValue, uid};
use crate::connection::run;
use crate::fragment::{Fragment, Piece};
use crate::notifications::notifications;
use crate::posts::post_grams;
use crate::schema::{boards, comments, media, moderation_cases, post_search, posts, scraps, users};
use crate::unit_of_work::DieselUnitOfWork;
use diesel::backend::Backend;
use diesel::dsl::{exists, max};
use diesel::expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::serialize::ToSql;
use diesel::sql_types::{Bool, HasSqlType};
use madang_domain::ids::{CommentId, PostId, UserId};
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
diesel::allow_tables_to_appear_in_same_query!(anonymous_identities, comments);
diesel::allow_tables_to_appear_in_same_query!(anonymous_identities, post_grams);
diesel::allow_tables_to_appear_in_same_query!(anonymous_identities, post_search);
diesel::allow_tables_to_appear_in_same_query!(anonymous_identities, media);
diesel::allow_tables_to_appear_in_same_query!(anonymous_identities, moderation_cases);
diesel::allow_tables_to_appear_in_same_query!(anonymous_identities, posts);
diesel::allow_tables_to_appear_in_same_query!(anonymous_identities, scraps);
diesel::allow_tables_to_appear_in_same_query!(anonymous_identities, notifications);
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

/// Whether `viewer` wrote the anonymous post or comment that the case of the row is about.
pub(crate) fn wrote_target(viewer: UidValue) -> Fragment<Bool> {
    Fragment::new([
        Piece::Sql(
            "EXISTS (SELECT 1 FROM anonymous_identities i WHERE i.post_id = posts.id AND i.number = \
             CASE WHEN comments.id IS NOT NULL THEN comments.number WHEN posts.is_anonymous THEN 0 END \
             AND i.user_id = ",
        ),
        Piece::Uid(viewer),
        Piece::Sql(")"),
    ])
}

/// The number of `viewer` among the anonymous writers of the thread of the row's post.
#[diesel::dsl::auto_type]
pub(crate) fn own_number(viewer: UidValue) -> _ {
    anonymous_identities::table
        .filter(anonymous_identities::post_id.eq(posts::id))
        .filter(anonymous_identities::user_id.eq(viewer))
        .select(anonymous_identities::number)
        .single_value()
}

/// Whether the row is among what a person wrote, by name or anonymously. That is little among all there is, so its ids
/// are looked up by the person first; Diesel does not take a table inside a condition on the same table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WrittenBy {
    named: &'static str,
    anonymous: &'static str,
    person: UidValue,
}

impl WrittenBy {
    /// A condition on the live posts of a query.
    pub(crate) fn posts(person: UidValue) -> Self {
        Self {
            named: "posts.id IN (SELECT n.id FROM posts n \
                WHERE n.deleted_at IS NULL AND n.removed_at IS NULL AND n.author_id = ",
            anonymous: "SELECT i.post_id FROM anonymous_identities i WHERE i.number = 0 AND i.user_id = ",
            person,
        }
    }

    /// A condition on the sanctions of a query: by name, or through an anonymous item.
    pub(crate) fn sanctions(person: UidValue) -> Self {
        Self {
            named: "sanctions.id IN (SELECT n.id FROM sanctions n WHERE n.subject_id = ",
            anonymous: "SELECT a.id FROM anonymous_identities i \
                JOIN sanctions a ON a.post_id = i.post_id AND a.number = i.number WHERE i.user_id = ",
            person,
        }
    }

    /// A condition on the live comments of a query.
    pub(crate) fn comments(person: UidValue) -> Self {
        Self {
            named: "comments.id IN (SELECT n.id FROM comments n \
                WHERE n.deleted_at IS NULL AND n.removed_at IS NULL AND n.author_id = ",
            anonymous: "SELECT a.id FROM anonymous_identities i \
                JOIN comments a ON a.post_id = i.post_id AND a.number = i.number WHERE i.user_id = ",
            person,
        }
    }
}

impl<DB> QueryFragment<DB> for WrittenBy
where
    DB: Backend + HasSqlType<Uid>,
    UidValue: ToSql<Uid, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql(self.named);
        out.push_bind_param::<Uid, _>(&self.person)?;
        out.push_sql(" UNION ALL ");
        out.push_sql(self.anonymous);
        out.push_bind_param::<Uid, _>(&self.person)?;
        out.push_sql(")");
        Ok(())
    }
}

impl QueryId for WrittenBy {
    type QueryId = ();

    // Its text depends on its values.
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl Expression for WrittenBy {
    type SqlType = Bool;
}

impl<QS> AppearsOnTable<QS> for WrittenBy {}
impl<QS> SelectableExpression<QS> for WrittenBy {}

impl ValidGrouping<()> for WrittenBy {
    type IsAggregate = is_aggregate::Never;
}

/// The users who wrote the live or dead `post`, one at most, as a condition on users: nobody learns who it is.
pub(crate) fn wrote_the_post(post: PostId) -> Vec<Piece> {
    vec![
        Piece::Sql("users.id IN (SELECT w.author_id FROM posts w WHERE w.author_id IS NOT NULL AND w.id = "),
        Piece::Uid(uid(post)),
        Piece::Sql(
            " UNION ALL SELECT i.user_id FROM anonymous_identities i WHERE i.number = 0 AND i.post_id = ",
        ),
        Piece::Uid(uid(post)),
        Piece::Sql(")"),
    ]
}

/// As [`wrote_the_post`], for a comment.
pub(crate) fn wrote_the_comment(comment: CommentId) -> Vec<Piece> {
    vec![
        Piece::Sql(
            "users.id IN (SELECT w.author_id FROM comments w WHERE w.author_id IS NOT NULL AND w.id = ",
        ),
        Piece::Uid(uid(comment)),
        Piece::Sql(
            " UNION ALL SELECT i.user_id FROM comments w \
             JOIN anonymous_identities i ON i.post_id = w.post_id AND i.number = w.number WHERE w.id = ",
        ),
        Piece::Uid(uid(comment)),
        Piece::Sql(")"),
    ]
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

/// Keeps `writer` under the next number of the thread of `post`, which the unit holds: so numbers have no gaps, and
/// nobody has two.
pub(crate) fn add_number(
    uow: &mut DieselUnitOfWork<'_>,
    post: PostId,
    writer: UserId,
) -> Result<u32, StoreError> {
    let last: Option<i32> = run!(uow, |c| {
        anonymous_identities::table
            .filter(anonymous_identities::post_id.eq(uid(post)))
            .select(max(anonymous_identities::number))
            .first(c)
    })?;
    let number = last.unwrap_or(POST_AUTHOR) + 1;
    let row = (
        anonymous_identities::post_id.eq(uid(post)),
        anonymous_identities::number.eq(number),
        anonymous_identities::user_id.eq(uid(writer)),
    );
    run!(uow, |c| diesel::insert_into(anonymous_identities::table).values(row).execute(c))?;
    u32::try_from(number).map_err(|_| StoreError::internal("a number of a thread is out of range"))
}
