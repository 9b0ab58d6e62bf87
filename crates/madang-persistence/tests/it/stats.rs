//! The contract of statistics.

use chrono::TimeDelta;
use madang_domain::actor::Role;
use madang_domain::sessions::{Delivery, Session};
use madang_domain::stats::note_active;
use madang_domain::store::StoreError;
use madang_testkit::{Campus, World, on_each_database};

on_each_database! {
    fn who_is_there_is_counted_once_a_day_of_the_school(database) {
        let (store, world) = (database.store(), World::new());
        let campus = Campus::new(store.shared(), &world);
        let school = campus.school("Hanbit");
        for (n, name) in ["first", "second"].into_iter().enumerate() {
            let user = campus.member(school, name, Role::Student).user;
            for _ in 0..=n {
                let moment = world.next_moment();
                let session = Session {
                    id: moment.fresh(),
                    user,
                    delivery: Delivery::Body,
                    nonce: moment.random(),
                    key_id: 1,
                    counter: 0,
                    created_at: moment.now,
                    rotated_at: None,
                    idle_at: moment.now + TimeDelta::days(9),
                    abs_at: moment.now + TimeDelta::days(9),
                    auth_time: moment.now,
                    ended: None,
                    device_label: None,
                };
                campus.write(move |uow| uow.sessions().add(&session));
            }
        }
        let days = || {
            let today = world.now().date_naive();
            let (from, to) = (today - TimeDelta::days(3), today + TimeDelta::days(3));
            store.read_blocking::<_, StoreError, _>(move |uow| uow.stats().list_active(Some(school), from, to)).unwrap()
        };
        let note = || {
            let moment = world.next_moment();
            campus.write(move |uow| note_active(uow, &moment));
        };
        note();
        note();
        let known = days();
        assert_eq!(known.iter().map(|(_, users)| *users).collect::<Vec<_>>(), [2]);
        world.clock.advance(TimeDelta::days(1));
        note();
        assert_eq!(days(), known, "a day without anybody is not kept");
    }
}
