//! What somebody says against a sanction of theirs, and what staff decide (SAN-4). Whose an appeal is only the sanction
//! tells: one through an anonymous item stays anonymous to staff (SAN-5).

mod appeal;
mod decide_appeal;
mod file_appeal;
mod list_appeals;
mod repository;

pub use appeal::{Appeal, AppealStatus, NewAppeal};
pub use decide_appeal::{DecideAppeal, DecideAppealError, decide_appeal};
pub use file_appeal::{CONTENTS_RULE, FileAppealError, file_appeal, file_own_appeal};
pub use list_appeals::{ListAppealsError, list_appeals};
pub use repository::AppealRepository;
