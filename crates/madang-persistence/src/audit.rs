//! The two logs. Rows are added and never changed.

use crate::columns::{at, uid};
use crate::connection::run;
use crate::filters::{filter_one_of, filter_ordered};
use crate::keyset::walk;
use crate::media::profile_image;
use crate::schema::{audit_log, boards, media, moderation_log, users};
use crate::unit_of_work::DieselUnitOfWork;
use diesel::prelude::*;
use madang_domain::accounts::UserSummary;
use madang_domain::audit::{
    ActFilter, ActView, AuditAction, AuditEntry, AuditFilter, AuditRepository, ModerationAct,
};
use madang_domain::boards::BoardRef;
use madang_domain::ctx::Timestamp;
use madang_domain::ids::{AuditId, BoardId, LogId, MediaId, SchoolId, UserId};
use madang_domain::paging::{Feed, FeedRequest, Position};
use madang_domain::store::StoreError;
use uuid::Uuid;

#[derive(Queryable, Selectable)]
#[diesel(table_name = audit_log)]
struct AuditRow {
    id: AuditId,
    at: Timestamp,
    actor_id: Option<UserId>,
    action: String,
    subject_id: Option<UserId>,
    reason: Option<String>,
    detail: Option<String>,
}

#[derive(Queryable)]
struct ActRow {
    act: ActPart,
    board: Option<(BoardId, String, Option<UserId>)>,
    actor: Option<(UserId, String, Option<Timestamp>)>,
    actor_image: Option<MediaId>,
}

#[derive(Queryable)]
struct ActPart {
    id: LogId,
    at: Timestamp,
    act: String,
    target_type: String,
    target_id: Uuid,
    rule: Option<String>,
    reason: Option<String>,
}

impl From<ActRow> for ActView {
    fn from(row: ActRow) -> Self {
        let ActRow { act, board, actor, actor_image } = row;
        let manager = board.as_ref().and_then(|(_, _, manager)| *manager);
        let actor = actor.filter(|(_, _, withdrawn_at)| withdrawn_at.is_none());
        Self {
            id: act.id,
            at: act.at,
            act: act.act,
            board: board.map(|(id, name, _)| BoardRef { id, name }),
            manager,
            rule: act.rule,
            actor: actor.map(|(id, nickname, _)| UserSummary { id, nickname, image: actor_image }),
            target_type: Some(act.target_type),
            target: Some(act.target_id),
            reason: act.reason,
        }
    }
}

impl TryFrom<AuditRow> for AuditEntry {
    type Error = StoreError;

    fn try_from(row: AuditRow) -> Result<Self, StoreError> {
        let action = AuditAction::from_word(&row.action);
        Ok(Self {
            id: row.id,
            at: row.at,
            actor: row.actor_id,
            action: action.ok_or_else(|| StoreError::internal("audit_log.action is an unknown word"))?,
            subject: row.subject_id,
            reason: row.reason,
            detail: row.detail,
        })
    }
}

/// The acts of staff with the names of board and actor.
macro_rules! acts {
    () => {
        moderation_log::table
            .left_join(boards::table.on(moderation_log::board_id.eq(boards::id.nullable())))
            .left_join(users::table.on(moderation_log::actor_id.eq(users::id)))
            .select((
                (
                    moderation_log::id,
                    moderation_log::at,
                    moderation_log::act,
                    moderation_log::target_type,
                    moderation_log::target_id,
                    moderation_log::rule,
                    moderation_log::reason,
                ),
                (boards::id, boards::name, boards::manager_id).nullable(),
                (users::id, users::nickname, users::deleted_at).nullable(),
                profile_image!(moderation_log::actor_id.nullable()),
            ))
    };
}

impl AuditRepository for DieselUnitOfWork<'_> {
    fn add_event(&mut self, entry: &AuditEntry) -> Result<(), StoreError> {
        run!(self, |c| {
            diesel::insert_into(audit_log::table)
                .values((
                    audit_log::id.eq(uid(entry.id)),
                    audit_log::at.eq(at(entry.at)),
                    audit_log::actor_id.eq(entry.actor.map(uid)),
                    audit_log::action.eq(entry.action.as_str()),
                    audit_log::subject_id.eq(entry.subject.map(uid)),
                    audit_log::reason.eq(&entry.reason),
                    audit_log::detail.eq(&entry.detail),
                ))
                .execute(c)
        })?;
        Ok(())
    }

    fn add_act(&mut self, act: &ModerationAct) -> Result<(), StoreError> {
        run!(self, |c| {
            diesel::insert_into(moderation_log::table)
                .values((
                    moderation_log::id.eq(uid(act.id)),
                    moderation_log::at.eq(at(act.at)),
                    moderation_log::school_id.eq(uid(act.school)),
                    moderation_log::board_id.eq(act.board.map(uid)),
                    moderation_log::actor_id.eq(uid(act.actor)),
                    moderation_log::act.eq(act.act),
                    moderation_log::target_type.eq(act.target_type),
                    moderation_log::target_id.eq(uid(act.target)),
                    moderation_log::rule.eq(&act.rule),
                    moderation_log::reason.eq(&act.reason),
                ))
                .execute(c)
        })?;
        Ok(())
    }

    fn find_act(&mut self, id: LogId) -> Result<Option<ActView>, StoreError> {
        let row: Option<ActRow> =
            run!(self, |c| acts!().filter(moderation_log::id.eq(uid(id))).first(c).optional())?;
        Ok(row.map(ActView::from))
    }

    fn list_acts(
        &mut self,
        school: Option<SchoolId>,
        filter: &ActFilter,
        request: &FeedRequest,
    ) -> Result<Feed<ActView>, StoreError> {
        let rows: Vec<ActRow> = run!(self, |c| {
            let mut query = acts!().into_boxed();
            if let Some(school) = school {
                query = query.filter(moderation_log::school_id.eq(uid(school)));
            }
            filter_one_of!(query, &filter.acts, moderation_log::act, |act| act);
            if filter.boards.is_some() {
                // Where a reveal happened is told to nobody, by a filter neither (LOG-2).
                query = query.filter(moderation_log::act.ne(ModerationAct::REVEALED));
            }
            filter_one_of!(query, &filter.boards, moderation_log::board_id, uid);
            filter_one_of!(query, &filter.rules, moderation_log::rule, |rule| rule);
            filter_ordered!(query, &filter.at, moderation_log::at, at);
            walk!(query, request, moderation_log, at, id).load(c)
        })?;
        let acts = rows.into_iter().map(ActView::from).collect();
        Ok(Feed::assemble(request, acts, |act| Position { at: act.at, id: act.id.0 }))
    }

    fn list_events(
        &mut self,
        filter: &AuditFilter,
        request: &FeedRequest,
    ) -> Result<Feed<AuditEntry>, StoreError> {
        let rows = run!(self, |c| {
            let mut query = audit_log::table.select(AuditRow::as_select()).into_boxed();
            filter_one_of!(query, &filter.actions, audit_log::action, AuditAction::as_str);
            filter_one_of!(query, &filter.subjects, audit_log::subject_id, uid);
            filter_ordered!(query, &filter.at, audit_log::at, at);
            walk!(query, request, audit_log, at, id).load(c)
        })?;
        let entries: Result<Vec<_>, _> = rows.into_iter().map(AuditEntry::try_from).collect();
        Ok(Feed::assemble(request, entries?, |entry| Position { at: entry.at, id: entry.id.0 }))
    }
}
