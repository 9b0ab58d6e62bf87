//! Asking for another address (ACC-11). The new one takes its place when its link is opened.

use crate::login_keys::LoginKeys;
use crate::prove_address::{add_link, may_mail, notify};
use madang_domain::accounts::{AddressHolder, Email, LinkPurpose};
use madang_domain::ctx::Ctx;
use madang_domain::outbox::{Letter, OutboxMessage};
use madang_domain::store::{StoreError, UnitOfWork};

/// Mails a link to the new address and a notice to the old one; the earlier link of such a change is dead then. The old
/// address stays valid until the link is opened. When another account has proven the new address, its holder is told
/// instead, and the caller does not learn of it (ACC-4). The present address, proven, takes back a change that waits.
///
/// The password has been confirmed before.
pub fn change_email(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    keys: &LoginKeys,
    email: &Email,
) -> Result<(), StoreError> {
    let found = uow.accounts().find_for_change(ctx.actor.user)?;
    let mut user = found.ok_or_else(|| StoreError::internal("the acting user has no row"))?;
    let stays = user.email_verified_at.is_some() && user.email.key() == email.key();
    user.pending_email = (!stays).then(|| email.clone());
    user.updated_at = ctx.now;
    uow.accounts().save(&user)?;
    if stays {
        return uow.links().delete(user.id, LinkPurpose::ChangeEmail);
    }
    let holder = uow.accounts().find_holder(email)?;
    let (secret, expires_at) = add_link(uow, ctx, &user, LinkPurpose::ChangeEmail, email)?;
    let username = user.username.as_str().to_owned();
    if may_mail(uow, ctx, keys, email)? {
        uow.outbox().add(&match holder {
            Some(AddressHolder::Live(holder)) if holder.id != user.id => {
                let letter = Letter::AddressInUse { username: holder.username.as_str().to_owned() };
                OutboxMessage::mail(ctx, holder.email.as_str(), holder.settings.language, letter)
            }
            _ => {
                let letter = Letter::ConfirmEmailChange { username: username.clone(), secret, expires_at };
                OutboxMessage::mail(ctx, email.as_str(), user.settings.language, letter)
            }
        })?;
    }
    notify(uow, ctx, &user, Letter::EmailChangeRequested { username })
}
