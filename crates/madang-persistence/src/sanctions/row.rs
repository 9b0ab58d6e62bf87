//! How a sanction lies in the database, for its subject and for staff.

use crate::appeals::AppealRow;
use crate::posts::reason;
use crate::removals::{AuthorPart, label};
use diesel::prelude::*;
use madang_domain::appeals::Appeal;
use madang_domain::boards::BoardRef;
use madang_domain::ctx::Timestamp;
use madang_domain::ids::{BoardId, MediaId, PostId, SanctionId, SchoolId, UserId};
use madang_domain::posts::Author;
use madang_domain::removals::{ItemRef, TargetKind};
use madang_domain::sanctions::{Running, Sanction, SanctionKind, StaffSanction, Subject};
use madang_domain::store::StoreError;
use uuid::Uuid;

/// What everybody who sees a sanction reads of it.
macro_rules! sanction_columns {
    () => {
        (
            (
                sanctions::id,
                sanctions::school_id,
                sanctions::kind,
                sanctions::rule,
                sanctions::reason,
                sanctions::evidence,
                sanctions::starts_at,
                sanctions::ends_at,
                sanctions::lifted_at,
            ),
            (boards::id, boards::name).nullable(),
            (
                appeals::id,
                appeals::sanction_id,
                appeals::contents,
                appeals::status,
                appeals::note,
                appeals::created_at,
                appeals::decided_at,
            )
                .nullable(),
        )
    };
}
pub(super) use sanction_columns;

#[derive(Queryable)]
pub(super) struct SanctionRow {
    sanction: SanctionPart,
    board: Option<(BoardId, String)>,
    appeal: Option<AppealRow>,
}

#[derive(Queryable)]
pub(super) struct SanctionPart {
    id: SanctionId,
    school: SchoolId,
    kind: String,
    rule: String,
    reason: String,
    evidence: Option<String>,
    starts_at: Timestamp,
    ends_at: Option<Timestamp>,
    lifted_at: Option<Timestamp>,
}

/// What staff read besides.
#[derive(Queryable)]
pub(super) struct StaffRow {
    row: SanctionRow,
    place: PlacePart,
    user: Option<AuthorPart>,
    user_image: Option<MediaId>,
    issuer: Option<AuthorPart>,
    issuer_image: Option<MediaId>,
    is_mine: bool,
}

#[derive(Queryable)]
pub(super) struct PlacePart {
    subject: Option<UserId>,
    post: Option<PostId>,
    number: Option<i32>,
    target_type: Option<String>,
    target: Option<Uuid>,
    issuer: UserId,
}

#[derive(Queryable)]
pub(super) struct RunningRow {
    id: SanctionId,
    kind: String,
    board: Option<BoardId>,
    ends_at: Option<Timestamp>,
}

fn kind(word: &str) -> Result<SanctionKind, StoreError> {
    SanctionKind::from_word(word).ok_or_else(|| StoreError::internal("sanctions.kind is an unknown word"))
}

impl TryFrom<SanctionRow> for Sanction {
    type Error = StoreError;

    fn try_from(SanctionRow { sanction, board, appeal }: SanctionRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: sanction.id,
            school: sanction.school,
            kind: kind(&sanction.kind)?,
            board: board.map(|(id, name)| BoardRef { id, name }),
            rule: reason(&sanction.rule)?,
            reason: sanction.reason,
            evidence: sanction.evidence,
            starts_at: sanction.starts_at,
            ends_at: sanction.ends_at,
            lifted_at: sanction.lifted_at,
            appeal: appeal.map(Appeal::try_from).transpose()?,
        })
    }
}

impl TryFrom<RunningRow> for Running {
    type Error = StoreError;

    fn try_from(row: RunningRow) -> Result<Self, StoreError> {
        Ok(Self { id: row.id, kind: kind(&row.kind)?, board: row.board, ends_at: row.ends_at })
    }
}

impl TryFrom<StaffRow> for StaffSanction {
    type Error = StoreError;

    fn try_from(row: StaffRow) -> Result<Self, StoreError> {
        let StaffRow { row, place, user, user_image, issuer, issuer_image, is_mine } = row;
        let kind = place.target_type.as_deref().map(|word| {
            TargetKind::from_word(word)
                .ok_or_else(|| StoreError::internal("sanctions.target_type is an unknown word"))
        });
        let item = kind.transpose()?.zip(place.target).and_then(|(kind, id)| kind.item(id));
        let number = label(place.number)?;
        let (subject, author) = match (place.subject, place.post, number) {
            (Some(user_id), ..) => (Subject::Named(user_id), AuthorPart::into_author(user, user_image)),
            (None, Some(post), Some(number)) => (
                Subject::Anonymous { post, number },
                Author::Anonymous { number: Some(number).filter(|number| *number > 0) },
            ),
            _ => return Err(StoreError::internal("a sanction without anybody whom it is for")),
        };
        Ok(Self {
            sanction: row.try_into()?,
            subject,
            author,
            is_post_author: matches!(item, Some(ItemRef::Post(_))) || number == Some(0),
            is_mine,
            item,
            issuer: place.issuer,
            issuer_summary: match AuthorPart::into_author(issuer, issuer_image) {
                Author::Named(member) => Some(member),
                _ => None,
            },
        })
    }
}
