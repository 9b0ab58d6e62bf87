//! What staff impose on members (SAN-2): warnings, today. A sanction through an anonymous item names nobody: it keeps the
//! item's label, and finds its way to whoever wrote it through the identities of the thread (SAN-5).

mod list_own_sanctions;
mod repository;
mod sanction;
mod warn;

pub use list_own_sanctions::{OwnSanction, list_own_sanctions};
pub use repository::{SanctionFilter, SanctionRepository};
pub use sanction::{NewSanction, Sanction, SanctionKind, SanctionScope, Subject};

pub(crate) use warn::{warn, warn_member};
