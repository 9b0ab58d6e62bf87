//! What becomes of each table when a withdrawn user is erased: the policy of `docs/erasure.md`, table by table.
//!
//! A test compares that document with the migrated databases, so that no table with a person in it is forgotten.

use crate::anonymity::WrittenBy;
use crate::columns::{InstantValue, UidValue, uid};
use crate::connection::run;
use crate::notifications;
use crate::schema::{
    appeals, blocks, board_favourites, board_transfers, boards, exports, leads, one_time_links, outbox,
    personal_tokens, post_mutes, posting_digests, posting_marks, posts, reports, sanctions, scraps, sessions,
    trash_items, users,
};
use crate::unit_of_work::DieselUnitOfWork;
use diesel::prelude::*;
use madang_domain::ids::UserId;
use madang_domain::language::Language;
use madang_domain::store::StoreError;
use madang_domain::trash::TrashKind;

/// A stored password that no password matches.
const NO_PASSWORD: &str = "!";

/// Erases the user's identity and private rows.
pub(crate) fn erase(uow: &mut DieselUnitOfWork<'_>, user: UserId) -> Result<(), StoreError> {
    uow.touch_user(user);
    erase_mails(uow, user)?;
    erase_rows(uow, user)?;
    notifications::erase_of(uow, user)?;
    erase_scraps(uow, user)?;
    crate::messages::leave_threads(uow, user)?;
    blank_trash(uow, user)?;
    blank_reports(uow, user)?;
    let managed = boards::table.filter(boards::manager_id.eq(uid(user)));
    run!(uow, |c| { diesel::update(managed).set(boards::manager_id.eq(None::<UidValue>)).execute(c) })?;
    blank_user(uow, user)
}

/// Mails that still wait, or never left, for the address.
fn erase_mails(uow: &mut DieselUnitOfWork<'_>, user: UserId) -> Result<(), StoreError> {
    let row = users::table.find(uid(user)).select((users::email, users::pending_email));
    let found: Option<(String, Option<String>)> = run!(uow, |c| row.first(c).optional())?;
    let Some((email, pending)) = found else { return Ok(()) };
    let addresses: Vec<String> = [Some(email), pending].into_iter().flatten().collect();
    run!(uow, |c| diesel::delete(outbox::table.filter(outbox::recipient.eq_any(&addresses))).execute(c))?;
    Ok(())
}

/// Tables whose rows are private to one user.
fn erase_rows(uow: &mut DieselUnitOfWork<'_>, user: UserId) -> Result<(), StoreError> {
    let user = uid(user);
    let leads_in_trash = trash_items::table
        .filter(trash_items::owner_id.eq(user))
        .filter(trash_items::kind.eq(TrashKind::Lead.as_str()));
    run!(uow, |c| {
        diesel::delete(leads_in_trash).execute(c)?;
        diesel::delete(leads::table.filter(leads::owner_id.eq(user))).execute(c)?;
        // Who has blocked the user keeps that: what the user wrote stands, and stays out of their sight.
        diesel::delete(blocks::table.filter(blocks::blocker_id.eq(user))).execute(c)?;
        diesel::delete(board_favourites::table.filter(board_favourites::user_id.eq(user))).execute(c)?;
        let by_or_to = board_transfers::from_id.eq(user).or(board_transfers::to_id.eq(user));
        diesel::delete(board_transfers::table.filter(by_or_to)).execute(c)?;
        // The files have no row then, and are swept.
        diesel::delete(exports::table.filter(exports::user_id.eq(user))).execute(c)?;
        diesel::delete(one_time_links::table.filter(one_time_links::user_id.eq(user))).execute(c)?;
        diesel::delete(personal_tokens::table.filter(personal_tokens::user_id.eq(user))).execute(c)?;
        diesel::delete(post_mutes::table.filter(post_mutes::user_id.eq(user))).execute(c)?;
        diesel::delete(posting_digests::table.filter(posting_digests::user_id.eq(user))).execute(c)?;
        diesel::delete(posting_marks::table.filter(posting_marks::user_id.eq(user))).execute(c)?;
        diesel::delete(sessions::table.filter(sessions::user_id.eq(user))).execute(c)
    })?;
    Ok(())
}

/// Scraps count until here (ACC-19).
fn erase_scraps(uow: &mut DieselUnitOfWork<'_>, user: UserId) -> Result<(), StoreError> {
    let own = scraps::table.filter(scraps::user_id.eq(uid(user)));
    run!(uow, |c| {
        let kept = posts::table.filter(posts::id.eq_any(own.select(scraps::post_id)));
        diesel::update(kept).set(posts::scrap_count.eq(posts::scrap_count - 1)).execute(c)?;
        diesel::delete(own).execute(c)
    })?;
    Ok(())
}

/// What the user deleted is erased by the trash's own clock; until then the row holds no words.
fn blank_trash(uow: &mut DieselUnitOfWork<'_>, user: UserId) -> Result<(), StoreError> {
    let words = (trash_items::title.eq(None::<String>), trash_items::excerpt.eq(None::<String>));
    let own = trash_items::table.filter(trash_items::owner_id.eq(uid(user)));
    run!(uow, |c| diesel::update(own).set(words).execute(c))?;
    Ok(())
}

/// What the user reported stays counted, and what staff imposed stays known, both without words.
fn blank_reports(uow: &mut DieselUnitOfWork<'_>, user: UserId) -> Result<(), StoreError> {
    let made = reports::table.filter(reports::reporter_id.eq(uid(user)));
    let given = sanctions::table.filter(sanctions::subject_id.eq(uid(user)));
    run!(uow, |c| {
        diesel::update(made).set(reports::detail.eq(None::<String>)).execute(c)?;
        diesel::update(given).set(sanctions::evidence.eq(None::<String>)).execute(c)
    })?;
    // All that the person said against sanctions, through anonymous items too.
    let own = sanctions::table.filter(WrittenBy::sanctions(uid(user))).select(sanctions::id);
    run!(uow, |c| {
        let said = appeals::table.filter(appeals::sanction_id.eq_any(own));
        diesel::update(said).set(appeals::contents.eq("")).execute(c)
    })?;
    Ok(())
}

/// The row stays, because items and logs refer to it, but tells nothing. Whether it takes anonymous messages stays too:
/// that an anonymous author does so or not must not change when they leave (ANON-5e).
fn blank_user(uow: &mut DieselUnitOfWork<'_>, user: UserId) -> Result<(), StoreError> {
    // No name that anybody can choose, and no address.
    let nobody = format!("~{}", user.0.simple());
    let identity = (
        users::username.eq(&nobody),
        users::username_key.eq(&nobody),
        users::nickname.eq(&nobody),
        users::nickname_key.eq(&nobody),
        users::nickname_changed_at.eq(None::<InstantValue>),
        users::email.eq(&nobody),
        users::email_key.eq(&nobody),
        users::email_verified_at.eq(None::<InstantValue>),
        users::pending_email.eq(None::<String>),
        users::password_hash.eq(NO_PASSWORD),
        users::hash_ver.eq(1_i16),
        users::enrolment_hmac.eq(None::<Vec<u8>>),
        users::enrolment_verified_at.eq(None::<InstantValue>),
    );
    let rest = (
        users::is_staff.eq(false),
        users::is_superuser.eq(false),
        users::state_until.eq(None::<InstantValue>),
        users::admission_year.eq(0),
        users::language.eq(Language::English.tag()),
        users::accept_messages.eq(false),
        users::accept_friend_requests.eq(false),
        users::share_free_time.eq(false),
        users::notify_off.eq(""),
        users::purge_at.eq(None::<InstantValue>),
    );
    let row = users::table.find(uid(user));
    run!(uow, |c| diesel::update(row).set((identity, rest)).execute(c))?;
    Ok(())
}
