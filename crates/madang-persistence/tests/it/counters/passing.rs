//! People come and go, and what was deleted long ago is erased.

use super::History;
use chrono::TimeDelta;
use madang_domain::accounts::{RestoreUserError, purge_accounts, restore_user, withdraw};
use madang_domain::actor::Role;
use madang_domain::comments::purge_comments;
use madang_domain::posts::purge_posts;
use madang_domain::removals::purge_removed;

/// So many stay, or nothing would happen any more.
const FEWEST: usize = 4;

impl History {
    /// Somebody leaves; the moderator stays, who takes people back.
    pub(super) fn withdraw(&mut self) -> &'static str {
        let at = self.draw(self.people.len());
        if self.people.len() > FEWEST && self.people[at].role == Role::Student {
            let actor = self.people.swap_remove(at);
            let ctx = self.scene.ctx(&actor);
            self.act(move |uow| withdraw(uow, &ctx)).unwrap();
            self.left.push(actor);
        }
        "withdraw"
    }

    /// Somebody who left comes back, unless it is too late.
    pub(super) fn come_back(&mut self) -> &'static str {
        if !self.left.is_empty() {
            let actor = self.left.swap_remove(self.draw(self.left.len()));
            let (ctx, id) = (self.scene.ctx(&self.staff), actor.user);
            let restored =
                self.scene.store.write_blocking(move |uow| restore_user(uow, &ctx, id, "Asked for it."));
            match restored {
                Ok(_) => self.people.push(actor),
                Err(RestoreUserError::NotRestorable) => self.erased += 1,
                Err(error) => panic!("{error}"),
            }
        }
        "take back who left"
    }

    /// Somebody is new.
    pub(super) fn join(&mut self) -> &'static str {
        if self.people.len() < 2 * FEWEST {
            self.joined += 1;
            let name = format!("member{}", self.joined);
            self.people.push(self.scene.campus().member(self.staff.school, &name, Role::Student));
        }
        "join"
    }

    /// Some days pass, and the jobs run.
    pub(super) fn pass(&mut self) -> &'static str {
        let days = i64::try_from(self.draw(12)).unwrap();
        self.scene.world.clock.advance(TimeDelta::days(days));
        let moment = self.scene.world.moment();
        self.purged += self
            .act(move |uow| {
                purge_accounts(uow, &moment)?;
                Ok::<_, madang_domain::store::StoreError>(
                    purge_comments(uow, &moment)? + purge_posts(uow, &moment)? + purge_removed(uow, &moment)?,
                )
            })
            .unwrap();
        "erase what is over"
    }
}
