//! One row of each kind.

use chrono::TimeDelta;
use madang_domain::accounts::Email;
use madang_domain::appeals::NewAppeal;
use madang_domain::audit::{AuditAction, AuditEntry, ModerationAct};
use madang_domain::blocks::{BlockTarget, Blocked, NewBlock};
use madang_domain::ctx::Ctx;
use madang_domain::exports::{Export, ExportState};
use madang_domain::ids::{BoardId, CommentId, MessageThreadId, UserId};
use madang_domain::leads::Lead;
use madang_domain::media::{ImageFacts, ImageKind, Purpose, Upload};
use madang_domain::messages::{NewMessage, NewThread, Opened};
use madang_domain::personal_tokens::{PersonalToken, TokenDigest};
use madang_domain::posts::ReportReason;
use madang_domain::removals::{ItemRef, TargetKind};
use madang_domain::reports::{NewCase, NewReport};
use madang_domain::sanctions::{NewSanction, SanctionKind, Subject};
use madang_domain::store::{StoreError, UnitOfWork};
use madang_domain::trash::{TrashEntry, TrashKind};

/// Writes one row of each kind.
pub(super) fn furnish(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    other: UserId,
    board: BoardId,
    n: u8,
) -> Result<(), StoreError> {
    let owner = ctx.actor.user;
    let created_at = ctx.now + TimeDelta::seconds(n.into());
    let address =
        Email::parse(&format!("lead{n}@firm.test")).map_err(|_| StoreError::internal("an address"))?;
    uow.leads().add(&Lead {
        id: ctx.fresh(),
        owner,
        name: format!("Lead {n}"),
        email: address,
        message: None,
        created_at,
        updated_at: created_at,
    })?;
    let token = PersonalToken {
        id: ctx.fresh(),
        user: owner,
        name: format!("Token {n}"),
        created_at,
        expires_at: created_at + TimeDelta::days(90),
        last_used_at: None,
    };
    uow.personal_tokens().add(&token, TokenDigest(ctx.random()))?;
    uow.media().add(&Upload {
        id: ctx.fresh(),
        blob: ctx.fresh(),
        owner,
        purpose: Purpose::Post,
        image: ImageFacts { kind: ImageKind::Jpeg, width: 4, height: 3, bytes: 9 },
        created_at,
    })?;
    uow.blocks().add(&NewBlock {
        id: ctx.fresh(),
        blocker: owner,
        target: BlockTarget::User,
        blocked: Blocked::User(other),
        created_at,
    })?;
    let thread: MessageThreadId = ctx.fresh();
    if uow.messages().find_opened(owner, Opened::User(other))?.is_none() {
        uow.messages().add(&NewThread {
            id: thread,
            opener: owner,
            opened: Opened::User(other),
            created_at,
        })?;
        for _ in 0..3 {
            let contents = "Hello".to_owned();
            uow.messages().add_message(&NewMessage {
                id: ctx.fresh(),
                thread,
                from_opener: true,
                contents,
                created_at,
            })?;
        }
    }
    uow.exports().add(&Export { id: ctx.fresh(), owner, state: ExportState::Running, created_at })?;
    uow.audit().add_event(&AuditEntry::new(ctx, AuditAction::PasswordChanged).by(owner).about(owner))?;
    uow.audit().add_act(&ModerationAct {
        id: ctx.fresh(),
        at: created_at,
        school: ctx.actor.school,
        board: Some(board),
        actor: owner,
        act: "remove",
        target_type: "post",
        target: owner.into(),
        rule: None,
        reason: None,
    })?;
    let case = NewCase {
        id: ctx.fresh(),
        school: ctx.actor.school,
        board: Some(board),
        kind: TargetKind::Comment,
        target: ctx.fresh::<CommentId>().into(),
        snapshot: "Text".to_owned(),
        priority: n.into(),
        opened_at: created_at,
    };
    uow.reports().add_case(&case)?;
    let report = NewReport {
        id: ctx.fresh(),
        case: case.id,
        reporter: owner,
        kind: case.kind,
        target: case.target,
        reason: ReportReason::Spam,
        detail: None,
        weight: 100,
        created_at,
    };
    uow.reports().add(&report, 100)?;
    let sanction = NewSanction {
        id: ctx.fresh(),
        kind: SanctionKind::Warning,
        school: ctx.actor.school,
        board: Some(board),
        subject: Subject::Named(owner),
        item: Some(ItemRef::Comment(case.target.into())),
        issuer: other,
        rule: ReportReason::Spam,
        reason: "Spam".to_owned(),
        evidence: "Text".to_owned(),
        starts_at: created_at,
        ends_at: None,
    };
    uow.sanctions().add(&sanction)?;
    uow.appeals().add(&NewAppeal {
        id: ctx.fresh(),
        sanction: sanction.id,
        school: sanction.school,
        contents: "Text".to_owned(),
        created_at,
    })?;
    uow.trash().add(&TrashEntry {
        kind: TrashKind::Comment,
        id: ctx.fresh::<CommentId>().into(),
        owner,
        board_id: Some(board),
        title: None,
        excerpt: None,
        deleted_at: created_at,
    })
}
