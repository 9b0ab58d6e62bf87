//! Leads.

use crate::columns::{at, uid};
use crate::connection::{Conn, run};
use crate::filters::{filter_ordered, filter_text};
use crate::schema::{leads, trash_items};
use crate::unit_of_work::DieselUnitOfWork;
use diesel::dsl::{auto_type, exists};
use diesel::prelude::*;
use madang_domain::accounts::Email;
use madang_domain::ctx::Timestamp;
use madang_domain::fold::fold;
use madang_domain::ids::{LeadId, UserId};
use madang_domain::leads::{Lead, LeadFilter, LeadKey, LeadQuery, LeadRepository};
use madang_domain::paging::{OrderBy, Page};
use madang_domain::store::StoreError;
use madang_domain::trash::TrashKind;

/// Where every read of leads starts: those that are not in the trash.
#[auto_type]
pub(crate) fn live() -> _ {
    leads::table.filter(leads::deleted_at.is_null())
}

/// The leads in the trash.
#[auto_type]
fn with_deleted() -> _ {
    leads::table.filter(leads::deleted_at.is_not_null())
}

diesel::alias!(leads as deleted_leads: DeletedLeads);

/// Whether a live lead has the address of the deleted one whose id is `$item`.
macro_rules! is_displaced {
    ($item:expr) => {{
        use $crate::leads::deleted_leads;
        use $crate::schema::leads;
        let same_address = deleted_leads
            .field(leads::owner_id)
            .eq(leads::owner_id)
            .and(deleted_leads.field(leads::email_key).eq(leads::email_key));
        diesel::dsl::exists(
            $crate::leads::live()
                .inner_join(deleted_leads.on(same_address))
                .filter(deleted_leads.field(leads::id).eq($item)),
        )
    }};
}
pub(crate) use is_displaced;

#[derive(Queryable, Selectable)]
#[diesel(table_name = leads)]
struct LeadRow {
    id: LeadId,
    owner_id: UserId,
    name: String,
    email: String,
    message: Option<String>,
    created_at: Timestamp,
    updated_at: Timestamp,
}

impl From<LeadRow> for Lead {
    fn from(row: LeadRow) -> Self {
        Self {
            id: row.id,
            owner: row.owner_id,
            name: row.name,
            email: Email::stored(row.email),
            message: row.message,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

/// The owner's live leads that pass `$filter`, boxed.
macro_rules! passing {
    ($owner:expr, $filter:expr) => {{
        let filter: &LeadFilter = $filter;
        let mut query = live().filter(leads::owner_id.eq(uid($owner))).into_boxed();
        filter_text!(query, &filter.name, leads::name, leads::name_fold);
        filter_text!(query, &filter.email, leads::email, leads::email_key);
        filter_ordered!(query, &filter.created_at, leads::created_at, at);
        query
    }};
}

/// The columns that the owner may change.
macro_rules! changing_columns {
    ($lead:expr) => {{
        let lead: &Lead = $lead;
        (
            leads::name.eq(&lead.name),
            leads::name_fold.eq(fold(&lead.name)),
            leads::email.eq(lead.email.as_str()),
            leads::email_key.eq(lead.email.key()),
            leads::message.eq(&lead.message),
            leads::updated_at.eq(at(lead.updated_at)),
        )
    }};
}

impl LeadRepository for DieselUnitOfWork<'_> {
    fn find(&mut self, owner: UserId, id: LeadId) -> Result<Option<Lead>, StoreError> {
        let lead = live().filter(leads::id.eq(uid(id))).filter(leads::owner_id.eq(uid(owner)));
        let row = run!(self, |c| lead.select(LeadRow::as_select()).first(c).optional())?;
        Ok(row.map(Into::into))
    }

    fn find_for_change(&mut self, owner: UserId, id: LeadId) -> Result<Option<Lead>, StoreError> {
        let lead = live().filter(leads::id.eq(uid(id))).filter(leads::owner_id.eq(uid(owner)));
        let row = match &mut *self.conn {
            // A write unit on SQLite is alone anyway.
            Conn::Sqlite(c) => lead.select(LeadRow::as_select()).first(c).optional(),
            #[cfg(feature = "postgres")]
            Conn::Pg(c) => lead.select(LeadRow::as_select()).for_update().first(c).optional(),
        };
        Ok(self.judge(row)?.map(Into::into))
    }

    fn list(&mut self, owner: UserId, query: &LeadQuery) -> Result<Page<Lead>, StoreError> {
        let LeadQuery { filter, order, request } = query;
        let count = run!(self, |c| passing!(owner, filter).count().get_result(c))?;
        let rows: Vec<LeadRow> = run!(self, |c| {
            let mut query = passing!(owner, filter);
            for step in order {
                query = match (step.key, step.descending) {
                    (LeadKey::CreatedAt, false) => query.then_order_by(leads::created_at.asc()),
                    (LeadKey::CreatedAt, true) => query.then_order_by(leads::created_at.desc()),
                    (LeadKey::Name, false) => query.then_order_by(leads::name_fold.asc()),
                    (LeadKey::Name, true) => query.then_order_by(leads::name_fold.desc()),
                };
            }
            // The id runs with the last step, so that one index serves both directions.
            query = match order.last() {
                Some(OrderBy { descending: true, .. }) => query.then_order_by(leads::id.desc()),
                _ => query.then_order_by(leads::id.asc()),
            };
            query
                .select(LeadRow::as_select())
                .limit(request.page_size.into())
                .offset(request.offset())
                .load(c)
        })?;
        Ok(Page { count, items: rows.into_iter().map(Into::into).collect() })
    }

    fn exists_email(
        &mut self,
        owner: UserId,
        email: &Email,
        except: Option<LeadId>,
    ) -> Result<bool, StoreError> {
        let holders = live().filter(leads::owner_id.eq(uid(owner))).filter(leads::email_key.eq(email.key()));
        let found: Option<LeadId> = run!(self, |c| holders.select(leads::id).first(c).optional())?;
        Ok(found.is_some_and(|holder| Some(holder) != except))
    }

    fn add(&mut self, lead: &Lead) -> Result<(), StoreError> {
        run!(self, |c| {
            diesel::insert_into(leads::table)
                .values((
                    leads::id.eq(uid(lead.id)),
                    leads::owner_id.eq(uid(lead.owner)),
                    leads::created_at.eq(at(lead.created_at)),
                    changing_columns!(lead),
                ))
                .execute(c)
        })?;
        Ok(())
    }

    fn save(&mut self, lead: &Lead) -> Result<(), StoreError> {
        let row = leads::table.find(uid(lead.id));
        run!(self, |c| diesel::update(row).set(changing_columns!(lead)).execute(c))?;
        Ok(())
    }

    fn mark_deleted(&mut self, owner: UserId, id: LeadId, now: Timestamp) -> Result<bool, StoreError> {
        let lead = live().filter(leads::id.eq(uid(id))).filter(leads::owner_id.eq(uid(owner)));
        let deleted = leads::deleted_at.eq(at(now));
        Ok(run!(self, |c| diesel::update(lead).set(deleted).execute(c))? == 1)
    }

    fn find_deleted(&mut self, owner: UserId, id: LeadId) -> Result<Option<Lead>, StoreError> {
        let lead = with_deleted().filter(leads::id.eq(uid(id))).filter(leads::owner_id.eq(uid(owner)));
        let row = run!(self, |c| lead.select(LeadRow::as_select()).first(c).optional())?;
        Ok(row.map(Into::into))
    }

    fn restore(&mut self, owner: UserId, id: LeadId) -> Result<(), StoreError> {
        let lead = with_deleted().filter(leads::id.eq(uid(id))).filter(leads::owner_id.eq(uid(owner)));
        let kept = leads::deleted_at.eq(None::<crate::columns::InstantValue>);
        run!(self, |c| diesel::update(lead).set(kept).execute(c))?;
        Ok(())
    }

    fn purge(&mut self, before: Timestamp) -> Result<usize, StoreError> {
        let old = with_deleted().filter(leads::deleted_at.lt(at(before)));
        run!(self, |c| {
            let gone = leads::table
                .filter(leads::id.eq(trash_items::item_id))
                .filter(leads::deleted_at.assume_not_null().lt(at(before)));
            diesel::delete(
                trash_items::table
                    .filter(trash_items::kind.eq(TrashKind::Lead.as_str()))
                    .filter(trash_items::deleted_at.lt(at(before)))
                    .filter(exists(gone)),
            )
            .execute(c)
        })?;
        run!(self, |c| diesel::delete(old).execute(c))
    }
}
