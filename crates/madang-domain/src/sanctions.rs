//! What staff impose on members (SAN-2). A sanction through an anonymous item names nobody: it keeps the item's label, and
//! finds its way to whoever wrote it through the identities of the thread (SAN-5).

mod effect;
mod find_sanction;
mod give_sanction;
mod impose;
mod lift_sanction;
mod list_own_sanctions;
mod list_sanctions;
mod repository;
mod sanction;
mod staff_sanction;
mod warn;

pub use effect::{Running, effect};
pub use find_sanction::find_sanction;
pub use give_sanction::{GiveSanction, GiveSanctionError, give_sanction};
pub use lift_sanction::{LiftSanctionError, lift_sanction};
pub use list_own_sanctions::{OwnSanction, list_own_sanctions};
pub use list_sanctions::{ListSanctionsError, list_sanctions};
pub use repository::{SanctionFilter, SanctionRepository};
pub use sanction::{NewSanction, Sanction, SanctionKind, SanctionScope, Subject};
pub use staff_sanction::{SeenSanction, StaffSanction};

pub(crate) use give_sanction::check_sanction;
pub(crate) use lift_sanction::undo;
pub(crate) use staff_sanction::act;
pub(crate) use warn::{warn, warn_member};
