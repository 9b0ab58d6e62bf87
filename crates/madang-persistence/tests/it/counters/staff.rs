//! What staff do: remove, put back, and decide on what was reported.

use super::History;
use madang_domain::paging::{OrderBy, PageRequest};
use madang_domain::posts::ReportReason;
use madang_domain::removals::{RemoveItem, RestoreItem, TargetKind, remove_item, restore_item};
use madang_domain::reports::{
    CaseFilter, CaseKey, CaseQuery, CaseReach, CreateReport, DecideCase, Outcome, create_report, decide_case,
};
use uuid::Uuid;

impl History {
    fn some_item(&self) -> (TargetKind, Uuid) {
        match (self.draw(2), self.some_comment()) {
            (0, Some((_, comment))) => (TargetKind::Comment, comment.0),
            _ => (TargetKind::Post, self.some_post().0),
        }
    }

    /// Live or deleted, hidden or not.
    pub(super) fn remove(&mut self) -> &'static str {
        let (kind, id) = self.some_item();
        let ctx = self.scene.ctx(&self.staff);
        let command = RemoveItem { kind, id, rule: ReportReason::Abuse, reason: "Rude.".to_owned() };
        if self.act(move |uow| remove_item(uow, &ctx, command.clone())).is_some() {
            self.removed.push((kind, id));
        }
        "remove"
    }

    /// What was removed lately, or is in place already.
    pub(super) fn put_back(&mut self) -> &'static str {
        let recent = self.removed.len().min(4);
        if let Some(at) = self.removed.len().checked_sub(1 + self.draw(recent)) {
            let (kind, id) = self.removed[at];
            let ctx = self.scene.ctx(&self.staff);
            let command = RestoreItem { kind, id, reason: "A mistake.".to_owned() };
            self.restored += usize::from(self.act(move |uow| restore_item(uow, &ctx, &command)).is_some());
        }
        "put back"
    }

    /// A few reports hide something.
    pub(super) fn report(&mut self) -> &'static str {
        let (kind, target) = self.some_item();
        let ctx = self.somebody();
        let command = CreateReport { kind, target, reason: ReportReason::Spam, detail: None };
        self.act(move |uow| create_report(uow, &ctx, command.clone()));
        "report"
    }

    /// The first case of the queue, one way or another.
    pub(super) fn decide(&mut self) -> &'static str {
        let outcome = Outcome::ALL[self.draw(Outcome::ALL.len())];
        let ctx = self.scene.ctx(&self.staff);
        let query = CaseQuery {
            filter: CaseFilter { open: Some(true), ..CaseFilter::default() },
            order: vec![OrderBy { key: CaseKey::Priority, descending: true }],
            request: PageRequest { page: 1, page_size: 1 },
        };
        let decided = self.act(move |uow| {
            let open = uow.reports().list_cases(&ctx.actor, CaseReach::of(&ctx.actor), &query)?;
            let Some(case) = open.items.first() else { return Ok(None) };
            let (rule, note) = (ReportReason::Spam, "Judged.".to_owned());
            let command = DecideCase { id: case.id, outcome, rule, note, immune: false };
            decide_case(uow, &ctx, &command).map(|()| Some((case.kind, case.target)))
        });
        if let Some(target) = decided.flatten() {
            self.decided += 1;
            self.removed.extend(Some(target).filter(|_| outcome == Outcome::Remove));
        }
        "decide"
    }
}
