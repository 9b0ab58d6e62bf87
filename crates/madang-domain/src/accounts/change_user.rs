//! What an admin changes of a user: role, enrolment, school (ACC-22, SCH-3).

use crate::accounts::{Member, User};
use crate::audit::{AuditAction, AuditEntry};
use crate::ctx::Ctx;
use crate::ids::{BoardId, SchoolId, UserId};
use crate::store::{StoreError, Topic, UnitOfWork};

/// A change of a user by an admin; `None` leaves a field as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangeUser {
    /// The new role.
    pub role: Option<GivenRole>,
    /// Whether the enrolment counts as proven.
    pub enrolment_verified: Option<bool>,
    /// The new school.
    pub school: Option<SchoolId>,
}

/// The roles that can be given. Whether somebody without a role of the staff is a student or a guest depends on the
/// enrolment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GivenRole {
    /// No role of the staff.
    Student,
    /// Staff of the user's school.
    Moderator,
    /// Staff of the site.
    Admin,
}

/// Why a user was not changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeUserError {
    /// There is no such user.
    #[error("no such user")]
    NotFound,
    /// The representation that the caller changes is not the current one.
    #[error("the user has changed meanwhile")]
    PreconditionFailed,
    /// There is no such school.
    #[error("no such school")]
    SchoolNotFound,
    /// Nobody would be an admin.
    #[error("the last admin stays")]
    LastAdmin,
    /// The user manages boards, which tie the user to the school.
    #[error("the user manages boards")]
    ManagesBoard {
        /// These boards.
        boards: Vec<BoardId>,
    },
    /// The user has withdrawn, so that there is nothing to change.
    #[error("the user has withdrawn")]
    Withdrawn,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Changes a user when `precondition` holds for the current state. Applies on the user's very next request.
///
/// - Losing the enrolment takes the role of the school's staff with it, unless the same change gives a role.
/// - Another school makes a guest there, unless the same change proves the enrolment; favourites and the role of the old
///   school's staff end (SCH-3). An admin stays one.
/// - The school's count of members follows in the same unit (CNT-1).
pub fn change_user(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    id: UserId,
    command: &ChangeUser,
    precondition: &dyn Fn(&Member) -> bool,
) -> Result<Member, ChangeUserError> {
    if command.role.is_some() {
        // Before the row is held, so that two of these never wait for each other's row and topic.
        uow.exclusive(Topic::Admins)?;
    }
    let held = uow.accounts().find_for_change(id)?;
    let before = uow.accounts().find_member_with_withdrawn(id)?.ok_or(ChangeUserError::NotFound)?;
    let user = held.ok_or(ChangeUserError::Withdrawn)?;
    if !precondition(&before) {
        return Err(ChangeUserError::PreconditionFailed);
    }
    if let Some(school) = command.school.filter(|school| *school != user.school)
        && uow.schools().find(school)?.is_none()
    {
        return Err(ChangeUserError::SchoolNotFound);
    }
    let changed = changed(&user, command, ctx);
    if changed == user {
        return Ok(before);
    }
    check_boards(uow, &user, &changed)?;
    if user.is_superuser && !changed.is_superuser && uow.accounts().count_admins()? <= 1 {
        return Err(ChangeUserError::LastAdmin);
    }
    store(uow, &user, &changed)?;
    log(uow, ctx, &user, &changed)?;
    let after = uow.accounts().find_member(id)?;
    Ok(after.ok_or_else(|| StoreError::internal("a changed user has no row or no school"))?)
}

/// The user after the change.
fn changed(user: &User, command: &ChangeUser, ctx: &Ctx) -> User {
    let mut changed = user.clone();
    changed.school = command.school.unwrap_or(user.school);
    let moved = changed.school != user.school;
    let enrolled = command.enrolment_verified.unwrap_or(user.enrolment_verified_at.is_some() && !moved);
    changed.enrolment_verified_at = match user.enrolment_verified_at {
        Some(at) if enrolled && !moved => Some(at),
        _ => enrolled.then_some(ctx.now),
    };
    let lost = user.enrolment_verified_at.is_some() && !enrolled;
    (changed.is_staff, changed.is_superuser) = match command.role {
        Some(GivenRole::Student) => (false, false),
        Some(GivenRole::Moderator) => (true, false),
        Some(GivenRole::Admin) => (true, true),
        None if moved || lost => (user.is_superuser, user.is_superuser),
        None => (user.is_staff, user.is_superuser),
    };
    if changed != *user {
        changed.updated_at = ctx.now;
    }
    changed
}

/// Whoever manages a board stays an enrolled member of its school.
fn check_boards(uow: &mut dyn UnitOfWork, user: &User, changed: &User) -> Result<(), ChangeUserError> {
    let stays = changed.school == user.school
        && (changed.enrolment_verified_at.is_some() || user.enrolment_verified_at.is_none());
    if stays {
        return Ok(());
    }
    // Nobody becomes a manager between this look and the end of the unit.
    uow.boards().hold_user(user.id)?;
    let boards: Vec<BoardId> =
        uow.boards().list_managed(user.id)?.into_iter().map(|board| board.id).collect();
    if boards.is_empty() { Ok(()) } else { Err(ChangeUserError::ManagesBoard { boards }) }
}

fn store(uow: &mut dyn UnitOfWork, user: &User, changed: &User) -> Result<(), StoreError> {
    uow.accounts().save(changed)?;
    let moved = changed.school != user.school;
    let (was, is) = (user.enrolment_verified_at.is_some(), changed.enrolment_verified_at.is_some());
    if was && (moved || !is) {
        uow.schools().bump_members(user.school, -1)?;
        // The address proved something that no longer holds; it may prove it again, here or elsewhere.
        uow.accounts().save_enrolment(user.id, None)?;
    }
    if is && (moved || !was) {
        uow.schools().bump_members(changed.school, 1)?;
    }
    if moved {
        uow.boards().purge_favourites(user.id)?;
    }
    Ok(())
}

/// One row for each kind of change (LOG-3).
fn log(uow: &mut dyn UnitOfWork, ctx: &Ctx, user: &User, changed: &User) -> Result<(), StoreError> {
    let changes = [
        (user.role() != changed.role()).then(|| {
            (AuditAction::RoleChanged, format!("{} -> {}", user.role().as_str(), changed.role().as_str()))
        }),
        (user.school != changed.school)
            .then(|| (AuditAction::SchoolChanged, format!("{} -> {}", user.school, changed.school))),
        (user.enrolment_verified_at.is_some() != changed.enrolment_verified_at.is_some()).then(|| {
            let verified = changed.enrolment_verified_at.is_some();
            (AuditAction::EnrolmentChanged, if verified { "verified" } else { "withdrawn" }.to_owned())
        }),
    ];
    for (action, detail) in changes.into_iter().flatten() {
        let entry = AuditEntry::new(ctx, action).by(ctx.actor.user).about(user.id).detail(detail);
        uow.audit().add_event(&entry)?;
    }
    Ok(())
}
