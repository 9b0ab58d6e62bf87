//! What must happen after a commit.

use crate::columns::{InstantValue, UidValue, at, uid};
use crate::connection::{Conn, attempt, run};
use crate::schema::outbox;
use crate::unit_of_work::DieselUnitOfWork;
use diesel::prelude::*;
use madang_domain::ctx::Timestamp;
use madang_domain::ids::OutboxId;
use madang_domain::language::Language;
use madang_domain::outbox::{
    Claimed, DeadLetter, Letter, LinkSecret, Mail, OutboxMessage, OutboxRepository, Task,
};
use madang_domain::store::StoreError;

#[derive(Queryable, Selectable)]
#[diesel(table_name = outbox)]
struct OutboxRow {
    id: OutboxId,
    kind: String,
    recipient: Option<String>,
    language: String,
    username: Option<String>,
    secret: Option<Vec<u8>>,
    link_expires_at: Option<Timestamp>,
    created_at: Timestamp,
    attempts: i32,
}

#[derive(Insertable)]
#[diesel(table_name = outbox)]
struct NewOutboxRow<'a> {
    id: UidValue,
    kind: &'static str,
    recipient: &'a str,
    language: &'static str,
    username: &'a str,
    secret: Option<&'a [u8]>,
    link_expires_at: Option<InstantValue>,
    created_at: InstantValue,
    due_at: InstantValue,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = outbox)]
struct DeadRow {
    id: OutboxId,
    kind: String,
    dead_at: Option<Timestamp>,
    failure: Option<String>,
}

impl TryFrom<OutboxRow> for Claimed {
    type Error = StoreError;

    fn try_from(row: OutboxRow) -> Result<Self, StoreError> {
        let attempts = u32::try_from(row.attempts).unwrap_or(u32::MAX);
        let (id, created_at) = (row.id, row.created_at);
        let mail = mail(row).ok_or_else(|| StoreError::internal("an outbox row is of no known form"))?;
        let message = OutboxMessage { id, created_at, task: Task::Mail(mail) };
        Ok(Self { message, attempts })
    }
}

fn mail(row: OutboxRow) -> Option<Mail> {
    let link = match (row.secret, row.link_expires_at) {
        (Some(secret), Some(expires_at)) => Some((LinkSecret(secret.try_into().ok()?), expires_at)),
        _ => None,
    };
    let letter = Letter::from_parts(&row.kind, row.username?, link)?;
    Some(Mail { to: row.recipient?, language: Language::from_tag(&row.language)?, letter })
}

impl DieselUnitOfWork<'_> {
    /// The ids that are due, the longest due first.
    fn due(&mut self, now: Timestamp, limit: i64) -> Result<Vec<OutboxId>, StoreError> {
        let due = outbox::table
            .filter(outbox::dead_at.is_null())
            .filter(outbox::due_at.le(at(now)))
            .order((outbox::due_at, outbox::id))
            .limit(limit)
            .select(outbox::id);
        let due = match &mut *self.conn {
            // A write unit is alone with the file.
            Conn::Sqlite(c) => attempt(|| due.load(c)),
            // Workers of other nodes pass over what this one is about to claim.
            #[cfg(feature = "postgres")]
            Conn::Pg(c) => attempt(|| due.for_update().skip_locked().load(c)),
        };
        self.judge(due)
    }
}

impl OutboxRepository for DieselUnitOfWork<'_> {
    fn add(&mut self, message: &OutboxMessage) -> Result<(), StoreError> {
        let Task::Mail(mail) = &message.task;
        let link = mail.letter.link();
        let row = NewOutboxRow {
            id: uid(message.id),
            kind: mail.letter.kind(),
            recipient: &mail.to,
            language: mail.language.tag(),
            username: mail.letter.username(),
            secret: link.map(|(secret, _)| &secret.0[..]),
            link_expires_at: link.map(|(_, expires_at)| at(expires_at)),
            created_at: at(message.created_at),
            due_at: at(message.created_at),
        };
        run!(self, |c| diesel::insert_into(outbox::table).values(&row).execute(c))?;
        Ok(())
    }

    fn claim(
        &mut self,
        now: Timestamp,
        lease_until: Timestamp,
        limit: usize,
    ) -> Result<Vec<Claimed>, StoreError> {
        let ids = self.due(now, i64::try_from(limit).unwrap_or(i64::MAX))?;
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let claim = diesel::update(outbox::table.filter(outbox::id.eq_any(ids.iter().copied().map(uid))))
            .set((outbox::due_at.eq(at(lease_until)), outbox::attempts.eq(outbox::attempts + 1)));
        let mut rows = run!(self, |c| claim.returning(OutboxRow::as_returning()).load(c))?;
        // An update answers its rows in no order.
        rows.sort_by_key(|row| ids.iter().position(|id| *id == row.id));
        rows.into_iter().map(Claimed::try_from).collect()
    }

    fn done(&mut self, id: OutboxId) -> Result<(), StoreError> {
        run!(self, |c| diesel::delete(outbox::table.find(uid(id))).execute(c))?;
        Ok(())
    }

    fn failed(&mut self, id: OutboxId, due_at: Timestamp, failure: &str) -> Result<(), StoreError> {
        let row = outbox::table.filter(outbox::id.eq(uid(id))).filter(outbox::dead_at.is_null());
        let again =
            diesel::update(row).set((outbox::due_at.eq(at(due_at)), outbox::failure.eq(Some(failure))));
        run!(self, |c| again.execute(c))?;
        Ok(())
    }

    fn bury(&mut self, id: OutboxId, now: Timestamp, failure: &str) -> Result<(), StoreError> {
        let burial = diesel::update(outbox::table.find(uid(id))).set((
            outbox::dead_at.eq(Some(at(now))),
            outbox::failure.eq(Some(failure)),
            outbox::recipient.eq(None::<&str>),
            outbox::username.eq(None::<&str>),
            outbox::secret.eq(None::<&[u8]>),
        ));
        run!(self, |c| burial.execute(c))?;
        Ok(())
    }

    fn list_dead(&mut self, limit: usize) -> Result<Vec<DeadLetter>, StoreError> {
        let dead = outbox::table
            .filter(outbox::dead_at.is_not_null())
            .order((outbox::dead_at.desc(), outbox::id.desc()))
            .limit(i64::try_from(limit).unwrap_or(i64::MAX));
        let rows = run!(self, |c| dead.select(DeadRow::as_select()).load(c))?;
        let letter = |row: DeadRow| {
            let failure = row.failure.unwrap_or_default();
            Some(DeadLetter { id: row.id, kind: row.kind, dead_at: row.dead_at?, failure })
        };
        Ok(rows.into_iter().filter_map(letter).collect())
    }

    fn purge_dead(&mut self, before: Timestamp) -> Result<usize, StoreError> {
        let old = outbox::table.filter(outbox::dead_at.lt(at(before)));
        run!(self, |c| diesel::delete(old).execute(c))
    }
}
