//! Telling people: one statement, whoever and however many they are, so that nobody learns who stands behind a label.

use super::notifications;
use crate::accounts::live;
use crate::anonymity::{wrote_the_comment, wrote_the_post};
use crate::columns::{Instant, Uid, UidValue, at, uid};
use crate::connection::run;
use crate::fragment::{Fragment, Piece};
use crate::schema::users;
use crate::unit_of_work::DieselUnitOfWork;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Integer, Nullable, Text};
use madang_domain::ids::PostId;
use madang_domain::notifications::{NewNotice, NoticeActor, Recipient};
use madang_domain::store::StoreError;

pub(super) fn add(uow: &mut DieselUnitOfWork<'_>, notice: &NewNotice) -> Result<usize, StoreError> {
    let (actor_id, actor_number) = match notice.actor {
        NoticeActor::Nobody => (None, None),
        NoticeActor::Named(user) => (Some(uid(user)), None),
        NoticeActor::Anonymous(number) => (None, Some(number)),
    };
    let actor_number = actor_number.map(i32::try_from).transpose();
    let actor_number =
        actor_number.map_err(|_| StoreError::internal("a number of a thread is out of range"))?;
    let target_type = notice.target.map(|target| target.kind.as_str());
    let target_id = notice.target.map(|target| uid(target.id));
    let post_id = notice.target.and_then(|target| target.post).map(uid);
    run!(uow, |c| {
        let told = live().filter(Fragment::<Bool>::new(told(notice))).select((
            users::id,
            uid(notice.id).into_sql::<Uid>(),
            notice.kind.as_str().into_sql::<Text>(),
            actor_id.into_sql::<Nullable<Uid>>(),
            actor_number.into_sql::<Nullable<Integer>>(),
            target_type.into_sql::<Nullable<Text>>(),
            target_id.into_sql::<Nullable<Uid>>(),
            post_id.into_sql::<Nullable<Uid>>(),
            at(notice.at).into_sql::<Instant>(),
        ));
        diesel::insert_into(notifications::table)
            .values(told)
            .into_columns((
                notifications::recipient_id,
                notifications::id,
                notifications::kind,
                notifications::actor_id,
                notifications::actor_number,
                notifications::target_type,
                notifications::target_id,
                notifications::post_id,
                notifications::created_at,
            ))
            .on_conflict_do_nothing()
            .execute(c)
    })
}

/// Which users are told (NOT-1).
fn told(notice: &NewNotice) -> Vec<Piece> {
    let mut pieces = recipients(notice.to);
    if let Some(others) = notice.but_not {
        pieces.push(Piece::Sql(" AND NOT ("));
        pieces.extend(recipients(others));
        pieces.push(Piece::Sql(")"));
    }
    if let Some(actor) = notice.by {
        pieces.extend([Piece::Sql(" AND users.id <> "), id(actor)]);
    }
    if notice.kind.is_optional() {
        pieces.extend([
            Piece::Sql(" AND instr(',' || users.notify_off || ',', "),
            Piece::Text(format!(",{},", notice.kind.as_str())),
            Piece::Sql(") = 0"),
        ]);
    }
    let post = notice.target.and_then(|target| target.post);
    pieces.extend(unblocked(notice.actor, post));
    if let Some(post) = post {
        pieces.extend([
            Piece::Sql(
                " AND NOT EXISTS (SELECT 1 FROM post_mutes m WHERE m.user_id = users.id AND m.post_id = ",
            ),
            id(post),
            Piece::Sql(")"),
        ]);
    }
    pieces
}

/// Whether a user has blocked neither the actor nor the author of the post, each by what is known of them: names by names,
/// labels by labels.
fn unblocked(actor: NoticeActor, post: Option<PostId>) -> Vec<Piece> {
    let mut blocked = Vec::new();
    if let NoticeActor::Named(user) = actor {
        blocked.extend([Piece::Sql(" OR b.user_id = "), id(user)]);
    }
    if let Some(post) = post {
        let by_name = " OR b.user_id = (SELECT w.author_id FROM posts w WHERE w.id = ";
        blocked.extend([Piece::Sql(by_name), id(post), Piece::Sql(") OR b.post_id = "), id(post)]);
        blocked.push(Piece::Sql(" AND b.number IN (0"));
        if let NoticeActor::Anonymous(number) = actor {
            blocked.extend([Piece::Sql(", "), Piece::BigInt(number.into())]);
        }
        blocked.push(Piece::Sql(")"));
    }
    if blocked.is_empty() {
        return blocked;
    }
    let any = " AND NOT EXISTS (SELECT 1 FROM blocks b WHERE b.blocker_id = users.id AND (1 = 0";
    std::iter::once(Piece::Sql(any)).chain(blocked).chain([Piece::Sql("))")]).collect()
}

/// Who `recipient` is, as a condition on users.
fn recipients(recipient: Recipient) -> Vec<Piece> {
    match recipient {
        Recipient::User(user) => vec![Piece::Sql("users.id = "), id(user)],
        Recipient::AuthorOfPost(post) => wrote_the_post(post),
        Recipient::AuthorOfComment(comment) => wrote_the_comment(comment),
        Recipient::OtherSide { thread, of_opener } => vec![
            Piece::Sql("users.id = (SELECT s.user_id FROM message_sides s WHERE s.thread_id = "),
            id(thread),
            Piece::Sql(if of_opener { " AND NOT s.is_opener)" } else { " AND s.is_opener)" }),
        ],
        // Who has moved to another school keeps a favourite that is out of sight.
        Recipient::FavouriteHolders { board, after, until } => {
            let holders = "users.id IN (SELECT f.user_id FROM board_favourites f WHERE f.board_id = ";
            let mut pieces = vec![Piece::Sql(holders), id(board)];
            pieces.extend(
                after.map(|after| [Piece::Sql(" AND f.user_id > "), id(after)]).into_iter().flatten(),
            );
            pieces.extend(
                until.map(|until| [Piece::Sql(" AND f.user_id <= "), id(until)]).into_iter().flatten(),
            );
            pieces.extend([Piece::Sql(") AND EXISTS (SELECT 1 FROM boards b WHERE b.id = "), id(board)]);
            pieces.push(Piece::Sql(
                " AND (users.is_superuser OR users.school_id = b.school_id) \
                 AND (users.is_staff OR users.enrolment_verified_at IS NOT NULL OR b.guest_readable))",
            ));
            pieces
        }
        Recipient::ModeratorsOf(school) => {
            vec![Piece::Sql("users.is_staff AND users.school_id = "), id(school)]
        }
    }
}

fn id(id: impl Into<uuid::Uuid>) -> Piece {
    let id: UidValue = uid(id);
    Piece::Uid(id)
}
