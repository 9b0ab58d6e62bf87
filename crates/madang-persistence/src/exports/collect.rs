//! What goes into an export: one query for each kind of rows that belong to a person.
//!
//! Of others' things there is at most an id that the owner has seen: what the owner liked or keeps, never its text.

use crate::anonymity::WrittenBy;
use crate::columns::uid;
use crate::connection::run;
use crate::messages::is_in_sight;
use crate::schema::{
    appeals, blocks, board_favourites, boards, comment_likes, comments, leads, message_sides,
    message_threads, messages, post_likes, posts, sanctions, schools, scraps, sessions, users,
};
use crate::unit_of_work::DieselUnitOfWork;
use diesel::prelude::*;
use madang_domain::ctx::Timestamp;
use madang_domain::exports::{ExportRecord, ExportSection};
use madang_domain::ids::UserId;
use madang_domain::store::StoreError;
use uuid::Uuid;

/// Loads rows as a tuple and names its fields.
macro_rules! section {
    ($uow:expr, $name:literal, $query:expr, ($($field:ident: $type:ty),* $(,)?)) => {{
        let rows: Vec<($($type,)*)> = run!($uow, |c| $query.load(c))?;
        let record = |($($field,)*): ($($type,)*)| -> ExportRecord {
            vec![$((stringify!($field), $field.into())),*]
        };
        ExportSection { name: $name, records: rows.into_iter().map(record).collect() }
    }};
}

pub(super) fn collect(
    uow: &mut DieselUnitOfWork<'_>,
    owner: UserId,
) -> Result<Vec<ExportSection>, StoreError> {
    Ok(vec![
        profile(uow, owner)?,
        settings(uow, owner)?,
        section!(
            uow,
            "sessions",
            sessions::table
                .filter(sessions::user_id.eq(uid(owner)))
                .order(sessions::created_at)
                .select((sessions::device_label, sessions::created_at, sessions::revoked_at)),
            (device_label: Option<String>, created_at: Timestamp, ended_at: Option<Timestamp>)
        ),
        section!(
            uow,
            "favourites",
            board_favourites::table
                .inner_join(boards::table)
                .filter(board_favourites::user_id.eq(uid(owner)))
                .filter(boards::deleted_at.is_null())
                .order(board_favourites::position)
                .select((boards::id, boards::name)),
            (board_id: Uuid, board: String)
        ),
        written_posts(uow, owner)?,
        written_comments(uow, owner)?,
        section!(
            uow,
            "likes",
            post_likes::table
                .filter(post_likes::user_id.eq(uid(owner)))
                .order(post_likes::created_at)
                .select((post_likes::post_id, post_likes::created_at)),
            (post_id: Uuid, created_at: Timestamp)
        ),
        section!(
            uow,
            "comment_likes",
            comment_likes::table
                .filter(comment_likes::user_id.eq(uid(owner)))
                .order(comment_likes::created_at)
                .select((comment_likes::comment_id, comment_likes::created_at)),
            (comment_id: Uuid, created_at: Timestamp)
        ),
        section!(
            uow,
            "scraps",
            scraps::table
                .filter(scraps::user_id.eq(uid(owner)))
                .order(scraps::created_at)
                .select((scraps::post_id, scraps::created_at)),
            (post_id: Uuid, created_at: Timestamp)
        ),
        section!(
            uow,
            "blocks",
            blocks::table
                .filter(blocks::blocker_id.eq(uid(owner)))
                .order(blocks::created_at)
                .select((
                    blocks::target_type,
                    blocks::user_id,
                    blocks::post_id,
                    blocks::number.nullable(),
                    blocks::created_at,
                )),
            (
                target_type: String,
                user_id: Option<Uuid>,
                post_id: Option<Uuid>,
                number: Option<i32>,
                created_at: Timestamp,
            )
        ),
        section!(
            uow,
            "messages",
            crate::messages::own_threads!(uid(owner))
                .inner_join(messages::table.on(messages::thread_id.eq(message_threads::id)))
                .filter(is_in_sight())
                .filter(messages::seq.gt(message_sides::cleared_seq))
                .order((messages::thread_id, messages::seq))
                .select((
                    messages::thread_id,
                    message_threads::context_type,
                    messages::from_opener.eq(message_sides::is_opener),
                    messages::contents,
                    messages::created_at,
                )),
            (
                thread_id: Uuid,
                context_type: String,
                is_mine: bool,
                contents: String,
                created_at: Timestamp,
            )
        ),
        section!(
            uow,
            "sanctions",
            sanctions::table
                .left_join(boards::table.on(sanctions::board_id.eq(boards::id.nullable())))
                .left_join(appeals::table)
                .filter(WrittenBy::sanctions(uid(owner)))
                .order((sanctions::starts_at, sanctions::id))
                .select((
                    sanctions::id,
                    sanctions::kind,
                    boards::name.nullable(),
                    sanctions::rule,
                    sanctions::reason,
                    sanctions::evidence,
                    sanctions::starts_at,
                    sanctions::ends_at,
                    sanctions::lifted_at,
                    appeals::contents.nullable(),
                    appeals::status.nullable(),
                    appeals::note.nullable(),
                )),
            (
                id: Uuid,
                kind: String,
                board: Option<String>,
                rule: String,
                reason: String,
                evidence: Option<String>,
                starts_at: Timestamp,
                ends_at: Option<Timestamp>,
                lifted_at: Option<Timestamp>,
                appeal: Option<String>,
                appeal_status: Option<String>,
                appeal_note: Option<String>,
            )
        ),
        section!(
            uow,
            "leads",
            leads::table
                .filter(leads::owner_id.eq(uid(owner)))
                .order(leads::created_at)
                .select((
                    leads::id,
                    leads::name,
                    leads::email,
                    leads::message,
                    leads::created_at,
                    leads::updated_at,
                    leads::deleted_at,
                )),
            (
                id: Uuid,
                name: String,
                email: String,
                message: Option<String>,
                created_at: Timestamp,
                updated_at: Timestamp,
                deleted_at: Option<Timestamp>,
            )
        ),
    ])
}

fn profile(uow: &mut DieselUnitOfWork<'_>, owner: UserId) -> Result<ExportSection, StoreError> {
    Ok(section!(
        uow,
        "profile",
        users::table.inner_join(schools::table).filter(users::id.eq(uid(owner))).select((
            users::id,
            users::username,
            users::nickname,
            users::email,
            users::email_verified_at,
            users::pending_email,
            schools::name,
            users::admission_year,
            users::enrolment_verified_at,
            users::created_at,
            users::updated_at,
        )),
        (
            id: Uuid,
            username: String,
            nickname: String,
            email: String,
            email_verified_at: Option<Timestamp>,
            pending_email: Option<String>,
            school: String,
            admission_year: i32,
            enrolment_verified_at: Option<Timestamp>,
            created_at: Timestamp,
            updated_at: Timestamp,
        )
    ))
}

fn settings(uow: &mut DieselUnitOfWork<'_>, owner: UserId) -> Result<ExportSection, StoreError> {
    Ok(section!(
        uow,
        "settings",
        users::table.filter(users::id.eq(uid(owner))).select((
            users::language,
            users::accept_messages,
            users::accept_anonymous_messages,
            users::accept_friend_requests,
            users::share_free_time,
            users::notify_off,
        )),
        (
            language: String,
            accept_messages: bool,
            accept_anonymous_messages: bool,
            accept_friend_requests: bool,
            share_free_time: bool,
            notify_off: String,
        )
    ))
}

fn written_posts(uow: &mut DieselUnitOfWork<'_>, owner: UserId) -> Result<ExportSection, StoreError> {
    Ok(section!(
        uow,
        "posts",
        posts::table
            .inner_join(boards::table)
            .filter(WrittenBy::posts(uid(owner)))
            .filter(posts::deleted_at.is_null())
            .filter(posts::removed_at.is_null())
            .order(posts::created_at)
            .select((
                posts::id,
                boards::name,
                posts::title,
                posts::contents,
                posts::is_anonymous,
                posts::is_question,
                posts::like_count,
                posts::comment_count,
                posts::created_at,
                posts::updated_at,
            )),
        (
            id: Uuid,
            board: String,
            title: Option<String>,
            contents: String,
            is_anonymous: bool,
            is_question: bool,
            like_count: i64,
            comment_count: i64,
            created_at: Timestamp,
            updated_at: Timestamp,
        )
    ))
}

fn written_comments(uow: &mut DieselUnitOfWork<'_>, owner: UserId) -> Result<ExportSection, StoreError> {
    Ok(section!(
        uow,
        "comments",
        comments::table
            .filter(WrittenBy::comments(uid(owner)))
            .filter(comments::deleted_at.is_null())
            .filter(comments::removed_at.is_null())
            .order(comments::created_at)
            .select((
            comments::id,
            comments::post_id,
            comments::parent_id,
            comments::contents,
            comments::number.is_not_null(),
            comments::like_count,
            comments::created_at,
            comments::updated_at,
        )),
        (
            id: Uuid,
            post_id: Uuid,
            parent_id: Option<Uuid>,
            contents: String,
            is_anonymous: bool,
            like_count: i64,
            created_at: Timestamp,
            updated_at: Timestamp,
        )
    ))
}
