//! The contract of leads.

use chrono::TimeDelta;
use madang_domain::accounts::Email;
use madang_domain::actor::Role;
use madang_domain::leads::{CreateLead, create_lead, delete_lead};
use madang_domain::paging::{FeedOrder, FeedRequest, From};
use madang_domain::store::StoreError;
use madang_domain::trash::list_trash;
use madang_testkit::{Campus, World, on_each_database};

on_each_database! {
    fn del_6_leads_are_erased_with_their_entry_of_the_trash(database) {
        let (store, world) = (database.store(), World::new());
        let campus = Campus::new(store.shared(), &world);
        let school = campus.school("Hanbit");
        let owner = campus.member(school, "owner", Role::Student);
        let add = |address: &str| {
            let ctx = campus.next_ctx(&owner);
            let command = CreateLead { name: "A".to_owned(), email: Email::parse(address).unwrap(), message: None };
            campus.write(move |uow| Ok(create_lead(uow, &ctx, command.clone()).unwrap().id))
        };
        let (old, kept, live) = (add("a@x.test"), add("b@x.test"), add("c@x.test"));
        let delete = |id| {
            let ctx = campus.next_ctx(&owner);
            campus.write(move |uow| { delete_lead(uow, &ctx, id, &|_| true).unwrap(); Ok(()) });
        };
        delete(old);
        world.clock.advance(TimeDelta::days(1));
        delete(kept);
        let before = world.now();
        assert_eq!(campus.write(move |uow| uow.leads().purge(before)), 1);
        let ctx = campus.next_ctx(&owner);
        let request = FeedRequest { from: From::Start, limit: 10, order: FeedOrder::NewestFirst };
        let left = store.read_blocking::<_, StoreError, _>(move |uow| {
            let trash: Vec<_> = list_trash(uow, &ctx, None, request)?.items.iter().map(|item| item.entry.id).collect();
            let gone = uow.leads().find_deleted(ctx.actor.user, old)?.is_none();
            Ok((trash, gone, uow.leads().find(ctx.actor.user, live)?.is_some()))
        });
        assert_eq!(left.unwrap(), (vec![kept.0], true, true));
    }
}
