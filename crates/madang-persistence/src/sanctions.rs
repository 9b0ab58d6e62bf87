//! What staff imposed on members.

use crate::anonymity::WrittenBy;
use crate::columns::{at, uid};
use crate::connection::run;
use crate::filters::filter_one_of;
use crate::posts::reason;
use crate::schema::{boards, sanctions};
use crate::unit_of_work::DieselUnitOfWork;
use diesel::dsl::{count_star, not};
use diesel::prelude::*;
use madang_domain::boards::BoardRef;
use madang_domain::ctx::Timestamp;
use madang_domain::ids::{BoardId, SanctionId, UserId};
use madang_domain::paging::{Page, PageRequest};
use madang_domain::removals::ItemRef;
use madang_domain::sanctions::{
    NewSanction, Sanction, SanctionFilter, SanctionKind, SanctionRepository, Subject,
};
use madang_domain::store::StoreError;

#[derive(Queryable)]
struct SanctionRow {
    sanction: SanctionPart,
    board: Option<(BoardId, String)>,
}

#[derive(Queryable)]
struct SanctionPart {
    id: SanctionId,
    kind: String,
    rule: String,
    reason: String,
    evidence: Option<String>,
    starts_at: Timestamp,
    ends_at: Option<Timestamp>,
    lifted_at: Option<Timestamp>,
}

impl TryFrom<SanctionRow> for Sanction {
    type Error = StoreError;

    fn try_from(SanctionRow { sanction, board }: SanctionRow) -> Result<Self, StoreError> {
        let kind = SanctionKind::from_word(&sanction.kind);
        Ok(Self {
            id: sanction.id,
            kind: kind.ok_or_else(|| StoreError::internal("sanctions.kind is an unknown word"))?,
            board: board.map(|(id, name)| BoardRef { id, name }),
            rule: reason(&sanction.rule)?,
            reason: sanction.reason,
            evidence: sanction.evidence,
            starts_at: sanction.starts_at,
            ends_at: sanction.ends_at,
            lifted_at: sanction.lifted_at,
        })
    }
}

impl SanctionRepository for DieselUnitOfWork<'_> {
    fn add(&mut self, sanction: &NewSanction) -> Result<(), StoreError> {
        let (subject, post, number) = match sanction.subject {
            Subject::Named(user) => (Some(uid(user)), None, None),
            Subject::Anonymous { post, number } => {
                let number = i32::try_from(number)
                    .map_err(|_| StoreError::internal("a number of a thread is out of range"))?;
                (None, Some(uid(post)), Some(number))
            }
        };
        let row = (
            sanctions::id.eq(uid(sanction.id)),
            sanctions::kind.eq(sanction.kind.as_str()),
            sanctions::school_id.eq(uid(sanction.school)),
            sanctions::board_id.eq(sanction.board.map(uid)),
            sanctions::subject_id.eq(subject),
            sanctions::post_id.eq(post),
            sanctions::number.eq(number),
            sanctions::target_type.eq(sanction.item.map(|item| item.kind().as_str())),
            sanctions::target_id.eq(sanction.item.map(|item| uid(item.id()))),
            sanctions::issuer_id.eq(uid(sanction.issuer)),
            sanctions::rule.eq(sanction.rule.as_str()),
            sanctions::reason.eq(&sanction.reason),
            sanctions::evidence.eq(&sanction.evidence),
            sanctions::starts_at.eq(at(sanction.starts_at)),
        );
        run!(self, |c| diesel::insert_into(sanctions::table).values(row).execute(c))?;
        Ok(())
    }

    fn list_own(
        &mut self,
        person: UserId,
        filter: &SanctionFilter,
        now: Timestamp,
        request: PageRequest,
    ) -> Result<Page<Sanction>, StoreError> {
        macro_rules! passing {
            ($columns:expr) => {{
                let mut query = sanctions::table
                    .left_join(boards::table.on(sanctions::board_id.eq(boards::id.nullable())))
                    .filter(WrittenBy::sanctions(uid(person)))
                    .select($columns)
                    .into_boxed();
                filter_one_of!(query, &filter.kinds, sanctions::kind, SanctionKind::as_str);
                let runs = sanctions::lifted_at
                    .is_null()
                    .and(sanctions::ends_at.is_null().or(sanctions::ends_at.gt(at(now)).assume_not_null()));
                match filter.active {
                    Some(true) => query.filter(runs),
                    Some(false) => query.filter(not(runs)),
                    None => query,
                }
            }};
        }
        let count = run!(self, |c| passing!(count_star()).get_result(c))?;
        let rows: Vec<SanctionRow> = run!(self, |c| {
            passing!((
                (
                    sanctions::id,
                    sanctions::kind,
                    sanctions::rule,
                    sanctions::reason,
                    sanctions::evidence,
                    sanctions::starts_at,
                    sanctions::ends_at,
                    sanctions::lifted_at,
                ),
                (boards::id, boards::name).nullable(),
            ))
            .order((sanctions::starts_at.desc(), sanctions::id.desc()))
            .limit(request.page_size.into())
            .offset(request.offset())
            .load(c)
        })?;
        Ok(Page { count, items: rows.into_iter().map(Sanction::try_from).collect::<Result<_, _>>()? })
    }

    fn lift_warnings(&mut self, item: ItemRef, when: Timestamp) -> Result<(), StoreError> {
        run!(self, |c| {
            let given = sanctions::table
                .filter(sanctions::target_id.eq(uid(item.id())))
                .filter(sanctions::kind.eq(SanctionKind::Warning.as_str()))
                .filter(sanctions::lifted_at.is_null());
            diesel::update(given).set(sanctions::lifted_at.eq(at(when))).execute(c)
        })?;
        Ok(())
    }
}
