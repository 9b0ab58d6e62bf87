//! The read model of cases: one statement with the target, whatever became of it.

use crate::anonymity::wrote_target;
use crate::columns::{Uid, at, uid};
use crate::connection::run;
use crate::filters::{filter_one_of, filter_ordered};
use crate::fragment::Fragment;
use crate::media::profile_image;
use crate::posts::reason;
use crate::removals::{AuthorPart, label};
use crate::schema::{boards, comments, media, moderation_cases, posts, reports, users};
use crate::unit_of_work::DieselUnitOfWork;
use diesel::dsl::{count_star, exists};
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};
use madang_domain::actor::Actor;
use madang_domain::boards::BoardRef;
use madang_domain::ctx::Timestamp;
use madang_domain::ids::{BoardId, CaseId, MediaId, PostId, SchoolId, UserId};
use madang_domain::paging::{OrderBy, Page};
use madang_domain::posts::{Author, ReportReason};
use madang_domain::removals::{ItemState, TargetKind};
use madang_domain::reports::{CaseKey, CaseQuery, CaseReach, CaseView, Outcome};
use madang_domain::store::StoreError;
use uuid::Uuid;

/// The post of a case: its target, or what the comment that is its target stands under.
fn post_of_case() -> Fragment<Nullable<Uid>> {
    Fragment::sql("coalesce(comments.post_id, moderation_cases.target_id)")
}

/// Who is named by a case. An anonymous comment names nobody, not the author of its post either.
fn named_by_case() -> Fragment<Nullable<Uid>> {
    Fragment::sql(
        "CASE WHEN comments.id IS NOT NULL THEN comments.author_id \
         WHEN posts.id IS NOT NULL THEN posts.author_id ELSE moderation_cases.target_id END",
    )
}

/// The reasons of the reports of a case, one after the other.
fn reasons_of_case() -> Fragment<Nullable<Text>> {
    Fragment::sql("(SELECT string_agg(r.reason, ' ') FROM reports r WHERE r.case_id = moderation_cases.id)")
}

/// The cases in reach with all that they may be about, boxed.
macro_rules! in_reach {
    ($reach:expr, $columns:expr) => {{
        let query = moderation_cases::table
            .left_join(boards::table.on(moderation_cases::board_id.eq(boards::id.nullable())))
            .left_join(comments::table.on(comments::id.eq(moderation_cases::target_id)))
            .left_join(posts::table.on(posts::id.nullable().eq(post_of_case())))
            .left_join(users::table.on(users::id.nullable().eq(named_by_case())))
            .select($columns)
            .into_boxed();
        match $reach {
            CaseReach::All => query,
            CaseReach::School(school) => query.filter(moderation_cases::school_id.eq(uid(school))),
            CaseReach::ManagedBy(user) => {
                query.filter(boards::manager_id.eq(uid(user))).filter(boards::deleted_at.is_null())
            }
        }
    }};
}

/// What the read model selects.
macro_rules! case_columns {
    ($viewer:expr) => {
        (
            (
                moderation_cases::id,
                moderation_cases::target_type,
                moderation_cases::target_id,
                moderation_cases::school_id,
                moderation_cases::snapshot,
                moderation_cases::priority,
                moderation_cases::report_count,
                moderation_cases::opened_at,
                moderation_cases::decided_at,
                moderation_cases::outcome,
                moderation_cases::note,
            ),
            (boards::id, boards::name).nullable(),
            (
                posts::is_anonymous,
                posts::author_id,
                posts::hidden_reason.is_not_null(),
                posts::deleted_at.is_not_null(),
                posts::removed_at.is_not_null(),
            )
                .nullable(),
            (
                comments::post_id,
                comments::number,
                comments::author_id,
                comments::hidden_reason.is_not_null(),
                comments::deleted_at.is_not_null(),
                comments::removed_at.is_not_null(),
            )
                .nullable(),
            (users::id, users::nickname, users::is_staff, users::deleted_at).nullable(),
            profile_image!(users::id.nullable()),
            reasons_of_case(),
            wrote_target(uid($viewer.user)),
        )
    };
}

#[derive(Queryable)]
struct CaseRow {
    case: CasePart,
    board: Option<(BoardId, String)>,
    post: Option<PostPart>,
    comment: Option<CommentPart>,
    user: Option<AuthorPart>,
    image: Option<MediaId>,
    reasons: Option<String>,
    wrote_anonymously: bool,
}

#[derive(Queryable)]
struct CasePart {
    id: CaseId,
    target_type: String,
    target_id: Uuid,
    school_id: SchoolId,
    snapshot: String,
    priority: i64,
    report_count: i64,
    opened_at: Timestamp,
    decided_at: Option<Timestamp>,
    outcome: Option<String>,
    note: Option<String>,
}

#[derive(Queryable)]
struct PostPart {
    is_anonymous: bool,
    author_id: Option<UserId>,
    is_hidden: bool,
    is_deleted: bool,
    is_removed: bool,
}

#[derive(Queryable)]
struct CommentPart {
    /// Null where there is no comment, which makes the whole part absent; the tests below would answer nonetheless.
    #[expect(dead_code, reason = "its being there is what it tells")]
    post_id: PostId,
    number: Option<i32>,
    author_id: Option<UserId>,
    is_hidden: bool,
    is_deleted: bool,
    is_removed: bool,
}

pub(super) fn find(
    uow: &mut DieselUnitOfWork<'_>,
    viewer: &Actor,
    reach: CaseReach,
    id: CaseId,
) -> Result<Option<CaseView>, StoreError> {
    let row: Option<CaseRow> = run!(uow, |c| {
        in_reach!(reach, case_columns!(viewer)).filter(moderation_cases::id.eq(uid(id))).first(c).optional()
    })?;
    row.map(|row| row.into_view(viewer)).transpose()
}

pub(super) fn list(
    uow: &mut DieselUnitOfWork<'_>,
    viewer: &Actor,
    reach: CaseReach,
    query: &CaseQuery,
) -> Result<Page<CaseView>, StoreError> {
    let CaseQuery { filter, order, request } = query;
    macro_rules! passing {
        ($columns:expr) => {{
            let mut query = in_reach!(reach, $columns);
            match filter.open {
                Some(true) => query = query.filter(moderation_cases::decided_at.is_null()),
                Some(false) => query = query.filter(moderation_cases::decided_at.is_not_null()),
                None => {}
            }
            filter_one_of!(query, &filter.kinds, moderation_cases::target_type, TargetKind::as_str);
            filter_one_of!(query, &filter.boards, moderation_cases::board_id, uid);
            if let Some(reasons) = &filter.reasons {
                let words: Vec<_> = reasons.0.iter().map(|reason| reason.as_str()).collect();
                query = query.filter(exists(
                    reports::table
                        .filter(reports::case_id.eq(moderation_cases::id))
                        .filter(reports::reason.eq_any(words)),
                ));
            }
            filter_ordered!(query, &filter.opened_at, moderation_cases::opened_at, at);
            query
        }};
    }
    let count = run!(uow, |c| passing!(count_star()).get_result(c))?;
    let rows: Vec<CaseRow> = run!(uow, |c| {
        let mut query = passing!(case_columns!(viewer));
        for step in order {
            query = match (step.key, step.descending) {
                (CaseKey::Priority, true) => query.then_order_by(moderation_cases::priority.desc()),
                (CaseKey::Priority, false) => query.then_order_by(moderation_cases::priority.asc()),
                (CaseKey::OpenedAt, true) => query.then_order_by(moderation_cases::opened_at.desc()),
                (CaseKey::OpenedAt, false) => query.then_order_by(moderation_cases::opened_at.asc()),
            };
        }
        // The id runs with the last step, so that one index serves both directions.
        query = match order.last() {
            Some(OrderBy { descending: true, .. }) => query.then_order_by(moderation_cases::id.desc()),
            _ => query.then_order_by(moderation_cases::id.asc()),
        };
        query.limit(request.page_size.into()).offset(request.offset()).load(c)
    })?;
    let items = rows.into_iter().map(|row| row.into_view(viewer));
    Ok(Page { count, items: items.collect::<Result<_, _>>()? })
}

impl CaseRow {
    fn into_view(self, viewer: &Actor) -> Result<CaseView, StoreError> {
        let Self { case, board, post, comment, user, image, reasons, wrote_anonymously } = self;
        let kind = TargetKind::from_word(&case.target_type)
            .ok_or_else(|| StoreError::internal("moderation_cases.target_type is an unknown word"))?;
        let outcome = case.outcome.as_deref().map(|word| {
            Outcome::from_word(word)
                .ok_or_else(|| StoreError::internal("moderation_cases.outcome is an unknown word"))
        });
        let is_mine = wrote_anonymously || AuthorPart::is(user.as_ref(), viewer.user);
        let is_of_staff = AuthorPart::is_staff(user.as_ref());
        let post_author = post.as_ref().and_then(|post| post.author_id);
        let (author, is_post_author, item_state) = match (&comment, &post) {
            (Some(CommentPart { number: Some(number), .. }), _) => {
                let number = label(Some(*number))?.filter(|number| *number > 0);
                (Author::Anonymous { number }, number.is_none(), comment_state(comment.as_ref()))
            }
            (Some(CommentPart { author_id, .. }), _) => {
                let is_post_author = author_id.is_some() && *author_id == post_author;
                (AuthorPart::into_author(user, image), is_post_author, comment_state(comment.as_ref()))
            }
            (None, Some(post)) => {
                let author = match post.is_anonymous {
                    true => Author::Anonymous { number: None },
                    false => AuthorPart::into_author(user, image),
                };
                (author, true, state(post.is_hidden, post.is_deleted, post.is_removed))
            }
            (None, None) => (AuthorPart::into_author(user, image), false, ItemState::Live),
        };
        Ok(CaseView {
            id: case.id,
            kind,
            target: case.target_id,
            school: case.school_id,
            board: board.map(|(id, name)| BoardRef { id, name }),
            author,
            is_post_author,
            is_of_staff,
            is_mine,
            snapshot: case.snapshot,
            item_state,
            priority: case.priority,
            report_count: case.report_count,
            reasons: reasons_in(reasons.as_deref().unwrap_or_default())?,
            opened_at: case.opened_at,
            decided_at: case.decided_at,
            outcome: outcome.transpose()?,
            note: case.note,
        })
    }
}

fn comment_state(comment: Option<&CommentPart>) -> ItemState {
    comment.map_or(ItemState::Deleted, |comment| {
        state(comment.is_hidden, comment.is_deleted, comment.is_removed)
    })
}

fn state(is_hidden: bool, is_deleted: bool, is_removed: bool) -> ItemState {
    match (is_removed, is_deleted, is_hidden) {
        (true, _, _) => ItemState::Removed,
        (_, true, _) => ItemState::Deleted,
        (_, _, true) => ItemState::Hidden,
        _ => ItemState::Live,
    }
}

fn reasons_in(words: &str) -> Result<Vec<ReportReason>, StoreError> {
    words.split_whitespace().map(reason).collect()
}
