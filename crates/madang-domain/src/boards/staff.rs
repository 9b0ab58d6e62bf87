//! What staff do with the boards of their school, whoever manages them (BRD-4).

mod create_any_board;
mod delete_any_board;
mod edit_any_board;
mod find_any_board;
mod restore_any_board;

pub use create_any_board::{CreateAnyBoard, CreateAnyBoardError, create_any_board};
pub use delete_any_board::{DeleteAnyBoardError, delete_any_board};
pub use edit_any_board::{EditAnyBoard, EditAnyBoardError, FlagChanges, edit_any_board};
pub use find_any_board::{FindAnyBoardError, find_any_board};
pub(crate) use restore_any_board::restore_any_board;

use crate::ids::{SchoolId, UserId};
use crate::store::{StoreError, UnitOfWork};
use crate::text::FieldError;

/// A manager is a proven member of the board's school.
fn check_manager(
    uow: &mut dyn UnitOfWork,
    school: SchoolId,
    manager: Option<UserId>,
) -> Result<Option<(&'static str, FieldError)>, StoreError> {
    let fits = match manager {
        Some(user) => {
            uow.boards().hold_user(user)?;
            let member = uow.accounts().find(user)?;
            member.is_some_and(|m| m.school == school && m.enrolment_verified_at.is_some())
        }
        None => true,
    };
    Ok((!fits).then_some(("manager_id", FieldError::NotAllowed)))
}
