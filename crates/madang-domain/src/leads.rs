//! Leads: contacts that somebody keeps for themselves (LEAD-1, LEAD-2).

mod create_lead;
mod delete_lead;
mod edit_lead;
mod find_lead;
mod lead;
mod repository;
mod restore_lead;

pub use create_lead::{CreateLead, CreateLeadError, create_lead};
pub use delete_lead::delete_lead;
pub use edit_lead::{EditLead, EditLeadError, edit_lead};
pub use find_lead::find_lead;
pub use lead::{EMAIL_MAX, Lead, MESSAGE_RULE, NAME_RULE};
pub use repository::{LeadFilter, LeadKey, LeadQuery, LeadRepository};
pub use restore_lead::{RestoreLeadError, restore_lead};
