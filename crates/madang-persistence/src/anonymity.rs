//! Who stands behind a label: the one module that reads `anonymous_identities` (ANON-3). It answers only whether the
//! viewer is the person, never who the person is.

use crate::columns::{Instant, Uid, UidValue, at, uid};
use crate::connection::run;
use crate::fragment::{Fragment, Piece};
use crate::notifications::notifications;
use crate::posts::post_grams;
use crate::schema::{
    boards, comments, media, message_sides, moderation_cases, post_search, posts, scraps, users,
};
use crate::unit_of_work::DieselUnitOfWork;
use diesel::backend::Backend;
use diesel::dsl::{exists, max};
use diesel::expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::serialize::ToSql;
use diesel::sql_types::{Bool, HasSqlType};
use madang_domain::ids::{CommentId, PostId, UserId};
use madang_domain::messages::NewThread;
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
diesel::allow_tables_to_appear_in_same_query!(anonymous_identities, message_sides);
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

/// Who has `number` in the thread of `post`, for what is done to that person unseen. It never leaves this crate.
pub(crate) fn person_behind(
    uow: &mut DieselUnitOfWork<'_>,
    post: PostId,
    number: u32,
) -> Result<Option<UserId>, StoreError> {
    let number = i32::try_from(number);
    let number = number.map_err(|_| StoreError::internal("a number of a thread is out of range"))?;
    run!(uow, |c| {
        anonymous_identities::table
            .find((uid(post), number))
            .select(anonymous_identities::user_id)
            .first(c)
            .optional()
    })
}

/// Whether the digest of the row is for the school of `post`, and `user`, its author, has no later one there: live by name,
/// or anonymously in whatever state.
pub(crate) fn is_latest_post(user: UserId, post: PostId) -> Fragment<Bool> {
    let (user, post) = (uid(user), uid(post));
    Fragment::new([
        Piece::Sql("(posting_digests.school_id = (SELECT e.school_id FROM posts e WHERE e.id = "),
        Piece::Uid(post),
        Piece::Sql(
            ") AND NOT EXISTS (SELECT 1 FROM posts e JOIN posts n ON n.school_id = e.school_id \
             AND n.created_at >= e.created_at AND n.id > e.id \
             WHERE n.deleted_at IS NULL AND n.removed_at IS NULL AND e.id = ",
        ),
        Piece::Uid(post),
        Piece::Sql(" AND n.author_id = "),
        Piece::Uid(user),
        Piece::Sql(
            ") AND NOT EXISTS (SELECT 1 FROM posts e JOIN anonymous_identities i ON i.post_id > e.id \
             JOIN posts n ON n.id = i.post_id AND n.school_id = e.school_id WHERE i.number = 0 AND e.id = ",
        ),
        Piece::Uid(post),
        Piece::Sql(" AND i.user_id = "),
        Piece::Uid(user),
        Piece::Sql("))"),
    ])
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

/// Adds the side of whoever has `number` in the thread of `post` to a message thread that was opened by that label.
pub(crate) fn add_side_of_label(
    uow: &mut DieselUnitOfWork<'_>,
    thread: &NewThread,
    post: PostId,
    number: u32,
) -> Result<(), StoreError> {
    let number = i32::try_from(number);
    let number = number.map_err(|_| StoreError::internal("a number of a thread is out of range"))?;
    let label = anonymous_identities::table
        .filter(anonymous_identities::post_id.eq(uid(post)))
        .filter(anonymous_identities::number.eq(number));
    let side = label.select((
        uid(thread.id).into_sql::<Uid>(),
        false.into_sql::<Bool>(),
        anonymous_identities::user_id.nullable(),
        at(thread.created_at).into_sql::<Instant>(),
    ));
    let columns = (
        message_sides::thread_id,
        message_sides::is_opener,
        message_sides::user_id,
        message_sides::last_message_at,
    );
    let added = run!(uow, |c| side.insert_into(message_sides::table).into_columns(columns).execute(c))?;
    if added == 1 { Ok(()) } else { Err(StoreError::internal("a label without anybody behind it")) }
}

/// Whether whoever has `number` in the thread of `post` takes no new message thread of `opener`: who takes no anonymous
/// messages at all, and who has blocked a label of `opener` in this thread.
///
/// A blocked message thread closes more. Its opener, who knows the label on the other side, is refused by that label alone.
/// Its other side does not know under which label the opener writes, and is refused by every label of this thread, because
/// the one refusal among many would tell (ANON-5g).
pub(crate) fn is_label_closed(
    uow: &mut DieselUnitOfWork<'_>,
    opener: UserId,
    post: PostId,
    number: u32,
) -> Result<bool, StoreError> {
    let number = i64::from(number);
    let (opener, post) = (uid(opener), uid(post));
    let closed = Fragment::<Bool>::new([
        Piece::Sql(
            "(EXISTS (SELECT 1 FROM anonymous_identities a JOIN users u ON u.id = a.user_id WHERE a.post_id = ",
        ),
        Piece::Uid(post),
        Piece::Sql(" AND a.number = "),
        Piece::BigInt(number),
        Piece::Sql(
            " AND (NOT u.accept_anonymous_messages OR EXISTS (SELECT 1 FROM blocks b \
             JOIN anonymous_identities i ON i.post_id = b.post_id AND i.number = b.number \
             WHERE b.blocker_id = a.user_id AND b.post_id = a.post_id AND i.user_id = ",
        ),
        Piece::Uid(opener),
        Piece::Sql(
            "))) OR EXISTS (SELECT 1 FROM message_threads t \
             JOIN message_sides s ON s.thread_id = t.id AND s.user_id = ",
        ),
        Piece::Uid(opener),
        Piece::Sql(
            " JOIN message_sides o ON o.thread_id = t.id AND o.is_opener <> s.is_opener WHERE t.post_id = ",
        ),
        Piece::Uid(post),
        Piece::Sql(" AND t.number IS NOT NULL AND (NOT s.is_opener OR t.number = "),
        Piece::BigInt(number),
        Piece::Sql(
            ") AND (EXISTS (SELECT 1 FROM blocks b WHERE b.thread_id = t.id) \
             OR NOT s.is_opener AND EXISTS (SELECT 1 FROM blocks b WHERE b.blocker_id = o.user_id \
             AND b.post_id = t.post_id AND b.number = t.number))))",
        ),
    ]);
    run!(uow, |c| diesel::select(closed).get_result(c))
}
