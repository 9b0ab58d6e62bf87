//! The port of leads.

use super::Lead;
use crate::accounts::Email;
use crate::ctx::Timestamp;
use crate::filters::{TextTest, TimeTest};
use crate::ids::{LeadId, UserId};
use crate::paging::{OrderBy, Page, PageRequest};
use crate::store::StoreError;

/// The field filters of leads, all ANDed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeadFilter {
    /// By name.
    pub name: Vec<TextTest>,
    /// By address.
    pub email: Vec<TextTest>,
    /// By the time of adding.
    pub created_at: Vec<TimeTest>,
}

/// By what leads are ordered; the id breaks ties.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LeadKey {
    /// The time of adding.
    CreatedAt,
    /// The folded name.
    Name,
}

/// One list of leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeadQuery {
    /// Which.
    pub filter: LeadFilter,
    /// In which order.
    pub order: Vec<OrderBy<LeadKey>>,
    /// Which page.
    pub request: PageRequest,
}

/// Leads. Every method is bound to the owner, so that a foreign id finds nothing.
pub trait LeadRepository {
    /// The owner's live lead.
    fn find(&mut self, owner: UserId, id: LeadId) -> Result<Option<Lead>, StoreError>;

    /// The owner's live lead, whose row no other unit changes until this one ends.
    fn find_for_change(&mut self, owner: UserId, id: LeadId) -> Result<Option<Lead>, StoreError>;

    /// One page of the owner's live leads.
    fn list(&mut self, owner: UserId, query: &LeadQuery) -> Result<Page<Lead>, StoreError>;

    /// Whether a live lead of the owner other than `except` has the address.
    fn exists_email(
        &mut self,
        owner: UserId,
        email: &Email,
        except: Option<LeadId>,
    ) -> Result<bool, StoreError>;

    /// Adds a lead. Whoever looked before whether the address is free may rely on it: a unit that loses the race for one
    /// is run again, and then sees who has it.
    fn add(&mut self, lead: &Lead) -> Result<(), StoreError>;

    /// Writes name, address, message and the time of the change; the word on [`add`](Self::add) holds.
    fn save(&mut self, lead: &Lead) -> Result<(), StoreError>;

    /// Deletes the owner's live lead softly; `false` when there is none.
    fn mark_deleted(&mut self, owner: UserId, id: LeadId, now: Timestamp) -> Result<bool, StoreError>;

    /// The owner's deleted lead.
    fn find_deleted(&mut self, owner: UserId, id: LeadId) -> Result<Option<Lead>, StoreError>;

    /// Takes the deletion of the owner's lead back; the word on [`add`](Self::add) holds.
    fn restore(&mut self, owner: UserId, id: LeadId) -> Result<(), StoreError>;

    /// Erases leads deleted before `before`, and their entries of the trash; answers how many.
    fn purge(&mut self, before: Timestamp) -> Result<usize, StoreError>;
}
