//! The contracts of users, one-time links and failed logins.

use crate::people::{add_user, email, people, user};
use crate::support::noon;
use chrono::TimeDelta;
use madang_domain::accounts::{
    AccountFilter, AccountKey, AccountQuery, AccountState, AddressHolder, BucketKey, Enrolment,
    EnrolmentProof, LinkPurpose, LogInName, NewUser, NotificationKind, OneTimeLink, PasswordHash, User,
};
use madang_domain::actor::Role;
use madang_domain::filters::{OneOf, OrderedTest, TextLookup, TextTest};
use madang_domain::outbox::LinkSecret;
use madang_domain::paging::{OrderBy, PageRequest};
use madang_domain::store::{Store, StoreError, Topic};
use madang_testkit::on_each_database;
use std::thread;

fn hash(text: &str) -> PasswordHash {
    PasswordHash { encoded: text.to_owned(), version: 1 }
}

fn usernames(
    store: &(dyn Store + 'static),
    filter: AccountFilter,
    order: &[OrderBy<AccountKey>],
    request: PageRequest,
) -> (i64, Vec<String>) {
    let query = AccountQuery { filter, order: order.to_vec(), request };
    let page = store
        .read_blocking::<_, StoreError, _>(move |uow| {
            uow.accounts().list_members_with_withdrawn(&query, noon())
        })
        .unwrap();
    (page.count, page.items.iter().map(|member| member.user.username.as_str().to_owned()).collect())
}

const BY_NAME: OrderBy<AccountKey> = OrderBy { key: AccountKey::Username, descending: false };
const NEWEST_FIRST: OrderBy<AccountKey> = OrderBy { key: AccountKey::CreatedAt, descending: true };
const ALL: PageRequest = PageRequest { page: 1, page_size: 100 };

on_each_database! {
    fn a_user_comes_back_as_it_was_written(database) {
        let store = database.store();
        let (school, mut user) = people(&*store);
        user.nickname_changed_at = Some(noon());
        user.email_verified_at = Some(noon());
        user.pending_email = Some(email("other@hanbit.test"));
        (user.is_staff, user.is_superuser) = (true, true);
        (user.state, user.state_until) = (AccountState::Restricted, Some(noon()));
        user.enrolment_verified_at = Some(noon());
        user.epoch = 3;
        user.settings.set_notify(NotificationKind::Hot, false);
        user.settings.share_free_time = true;
        let written = user.clone();
        store.write_blocking::<_, StoreError, _>(move |uow| uow.accounts().save(&written)).unwrap();
        let (id, wanted) = (user.id, user);
        let member = store.read_blocking::<_, StoreError, _>(move |uow| uow.accounts().find_member(id)).unwrap().unwrap();
        assert_eq!(member.user, wanted);
        assert_eq!((member.school.id, member.school.name.as_str()), (school, "Hanbit"));
        let held = store.write_blocking::<_, StoreError, _>(move |uow| uow.accounts().find_for_change(id)).unwrap();
        assert_eq!(held, Some(wanted));
    }

    fn acc_2_acc_3_names_are_taken_by_their_keys(database) {
        let store = database.store();
        let (_, user) = people(&*store);
        let (id, nickname) = (user.id, user.nickname.key());
        store
            .read_blocking::<_, StoreError, _>(move |uow| {
                let mut taken = |username, nickname| {
                    let taken = uow.accounts().find_taken_names(username, nickname)?;
                    Ok::<_, StoreError>((taken.username, taken.nickname))
                };
                assert_eq!(taken(Some("haneul"), Some(&nickname))?, (true, true));
                assert_eq!(taken(Some("Haneul"), Some("nobody"))?, (false, false));
                assert_eq!(taken(None, Some(&nickname))?, (false, true));
                assert_eq!(taken(Some("haneul"), None)?, (true, false));
                assert!(uow.accounts().exists_nickname(&nickname, None)?);
                assert!(!uow.accounts().exists_nickname(&nickname, Some(id))?);
                assert!(!uow.accounts().exists_nickname("nobody", None)?);
                Ok(())
            })
            .unwrap();
    }

    fn auth_1_a_login_finds_usernames_and_proven_addresses_of_the_live(database) {
        let store = database.store();
        let (_, user) = people(&*store);
        let found = |store: &(dyn Store + 'static), name: LogInName| {
            store.read_blocking::<_, StoreError, _>(move |uow| uow.accounts().find_for_log_in(&name)).unwrap()
        };
        let by_name = || LogInName::Username("haneul".to_owned());
        let by_mail = || LogInName::Email("haneul@hanbit.test".to_owned());
        assert_eq!(found(&*store, by_name()).unwrap().user.id, user.id);
        assert_eq!(found(&*store, by_mail()), None);
        let proven = User { email_verified_at: Some(noon()), ..user.clone() };
        store.write_blocking::<_, StoreError, _>(move |uow| uow.accounts().save(&proven)).unwrap();
        assert_eq!(found(&*store, by_mail()).unwrap().password, hash("!"));
    }

    fn acc_7_a_proven_address_has_one_holder(database) {
        let store = database.store();
        let (_, user) = people(&*store);
        let holder = |store: &(dyn Store + 'static)| {
            let email = email("HANEUL@hanbit.test");
            store.read_blocking::<_, StoreError, _>(move |uow| uow.accounts().find_holder(&email)).unwrap()
        };
        assert_eq!(holder(&*store), None);
        let proven = User { email_verified_at: Some(noon()), ..user.clone() };
        let kept = proven.clone();
        store.write_blocking::<_, StoreError, _>(move |uow| uow.accounts().save(&kept)).unwrap();
        assert_eq!(holder(&*store), Some(AddressHolder::Live(Box::new(proven))));
    }

    fn acc_10_an_enrolment_stands_for_one_live_user(database) {
        let store = database.store();
        let (school, first) = people(&*store);
        let second = add_user(&*store, user(school, "baram", 2));
        let proof = EnrolmentProof([9; 32]);
        let id = first.id;
        store.write_blocking::<_, StoreError, _>(move |uow| uow.accounts().save_enrolment(id, Some(proof))).unwrap();
        let exists = |except| {
            store.read_blocking::<_, StoreError, _>(move |uow| uow.accounts().exists_enrolment(proof, except)).unwrap()
        };
        assert!(exists(second.id) && !exists(first.id));
        store.write_blocking::<_, StoreError, _>(move |uow| uow.accounts().save_enrolment(id, None)).unwrap();
        assert!(!exists(second.id));
    }

    fn acc_14_a_password_is_replaced_only_while_it_is_the_old_one(database) {
        let store = database.store();
        let id = people(&*store).1.id;
        let replace = |old: &'static str, new: &'static str| {
            store
                .write_blocking::<_, StoreError, _>(move |uow| {
                    uow.accounts().save_password(id, &hash(old), &hash(new))
                })
                .unwrap()
        };
        assert!(replace("!", "first") && !replace("!", "second"));
        let stored = store.read_blocking::<_, StoreError, _>(move |uow| uow.accounts().find_password(id)).unwrap();
        assert_eq!(stored, Some(hash("first")));
    }

    fn auth_2_imported_passwords_are_known_of_until_the_last_is_gone(database) {
        let store = database.store();
        let (school, _) = people(&*store);
        let any = || store.read_blocking::<_, StoreError, _>(|uow| uow.accounts().exists_imported_password()).unwrap();
        assert!(!any());
        let imported = PasswordHash { encoded: "pbkdf2_sha256$1$a$b".to_owned(), version: 0 };
        let new = NewUser { user: user(school, "baram", 2), password: imported.clone(), enrolment: None };
        let id = new.user.id;
        store.write_blocking::<_, StoreError, _>(move |uow| uow.accounts().add(&new)).unwrap();
        assert!(any());
        store
            .write_blocking::<_, StoreError, _>(move |uow| uow.accounts().save_password(id, &imported, &hash("new")))
            .unwrap();
        assert!(!any());
    }

    fn acc_22_parallel_removals_of_admins_leave_one(database) {
        let store = database.store();
        let (school, _) = people(&*store);
        let admins: Vec<User> = (0..4)
            .map(|n| {
                let base = user(school, &format!("admin{n}"), 10 + n);
                add_user(&*store, User { is_staff: true, is_superuser: true, ..base })
            })
            .collect();
        thread::scope(|scope| {
            for admin in &admins {
                scope.spawn(|| {
                    let lesser = User { is_staff: false, is_superuser: false, ..admin.clone() };
                    store.write_blocking::<_, StoreError, _>(move |uow| {
                        uow.exclusive(Topic::Admins)?;
                        if uow.accounts().count_admins()? > 1 {
                            uow.accounts().save(&lesser)?;
                        }
                        Ok(())
                    })
                });
            }
        });
        assert_eq!(store.read_blocking::<_, StoreError, _>(|uow| uow.accounts().count_admins()).unwrap(), 1);
    }

    fn admins_list_users_by_every_field(database) {
        let store = database.store();
        let (school, _) = people(&*store);
        let student = User { enrolment_verified_at: Some(noon()), ..user(school, "student", 2) };
        let staff = User { is_staff: true, ..user(school, "staff", 3) };
        let admin = User { is_staff: true, is_superuser: true, ..user(school, "admin1", 4) };
        let over = User { state: AccountState::Banned, state_until: Some(noon()), ..user(school, "free", 5) };
        let banned = User { state: AccountState::Banned, ..user(school, "banned", 6) };
        for user in [student, staff, admin, over, banned] {
            add_user(&*store, user);
        }
        let names = |filter| usernames(&*store, filter, &[BY_NAME], ALL).1;
        let roles = |role| names(AccountFilter { roles: Some(OneOf(vec![role])), ..AccountFilter::default() });
        assert_eq!(roles(Role::Guest), ["banned", "free", "haneul"]);
        assert_eq!(roles(Role::Student), ["student"]);
        assert_eq!(roles(Role::Moderator), ["staff"]);
        assert_eq!(roles(Role::Admin), ["admin1"]);
        let states = |states| names(AccountFilter { states: Some(OneOf(states)), ..AccountFilter::default() });
        assert_eq!(states(vec![AccountState::Banned]), ["banned"]);
        assert!(states(vec![AccountState::Active]).contains(&"free".to_owned()));
        assert_eq!(states(vec![AccountState::Active, AccountState::Banned]).len(), 6);
        assert_eq!(states(vec![AccountState::Withdrawn, AccountState::Restricted]), [""; 0]);
        let verified = OneOf(vec![Enrolment::Verified]);
        assert_eq!(names(AccountFilter { enrolment: Some(verified), ..AccountFilter::default() }), ["student"]);
        let text = |lookup, value| vec![TextTest::new(lookup, value)];
        let by_name = text(TextLookup::IContains, "TUD");
        assert_eq!(names(AccountFilter { username: by_name, ..AccountFilter::default() }), ["student"]);
        let by_nickname = text(TextLookup::Exact, "student2");
        assert_eq!(names(AccountFilter { nickname: by_nickname, ..AccountFilter::default() }), ["student"]);
        let by_email = vec!["staff@hanbit.test".to_owned()];
        assert_eq!(names(AccountFilter { email: by_email, ..AccountFilter::default() }), ["staff"]);
        let late = vec![OrderedTest::Gt(noon() + TimeDelta::seconds(4))];
        assert_eq!(names(AccountFilter { created_at: late, ..AccountFilter::default() }), ["banned", "free"]);
        let schools = Some(OneOf(vec![uuid::Uuid::from_u128(1).into()]));
        assert_eq!(names(AccountFilter { schools, ..AccountFilter::default() }), [""; 0]);
        let page = PageRequest { page: 2, page_size: 4 };
        let newest = usernames(&*store, AccountFilter::default(), &[NEWEST_FIRST, BY_NAME], page);
        assert_eq!(newest, (6, vec!["student".to_owned(), "haneul".to_owned()]));
    }

    fn acc_6_a_newer_link_takes_the_place_of_the_older(database) {
        let store = database.store();
        let id = people(&*store).1.id;
        let link = move |n: u8, purpose| OneTimeLink {
            digest: LinkSecret([n; 32]).digest(),
            purpose,
            user: id,
            epoch: 0,
            email: email("haneul@hanbit.test"),
            created_at: noon() + TimeDelta::seconds(n.into()),
            expires_at: noon() + TimeDelta::minutes(15),
        };
        store
            .write_blocking::<_, StoreError, _>(move |uow| {
                uow.links().add(&link(1, LinkPurpose::VerifyEmail))?;
                uow.links().add(&link(2, LinkPurpose::ResetPassword))?;
                uow.links().add(&link(3, LinkPurpose::VerifyEmail))
            })
            .unwrap();
        store
            .read_blocking::<_, StoreError, _>(move |uow| {
                assert_eq!(uow.links().find(&LinkSecret([1; 32]).digest())?, None);
                let kept = uow.links().find(&LinkSecret([3; 32]).digest())?;
                assert_eq!(kept, Some(link(3, LinkPurpose::VerifyEmail)));
                let newest = uow.links().find_newest(id, LinkPurpose::VerifyEmail)?;
                assert_eq!(newest, Some(noon() + TimeDelta::seconds(3)));
                Ok(())
            })
            .unwrap();
    }

    fn con_6_a_link_is_used_up_once(database) {
        let store = database.store();
        let id = people(&*store).1.id;
        let digest = LinkSecret([1; 32]).digest();
        let end = noon() + TimeDelta::minutes(15);
        store
            .write_blocking::<_, StoreError, _>(move |uow| {
                uow.links().add(&OneTimeLink {
                    digest,
                    purpose: LinkPurpose::VerifyEmail,
                    user: id,
                    epoch: 0,
                    email: email("haneul@hanbit.test"),
                    created_at: noon(),
                    expires_at: end,
                })
            })
            .unwrap();
        let use_up = |now| store.write_blocking::<_, StoreError, _>(move |uow| uow.links().mark_used(&digest, now)).unwrap();
        assert!(!use_up(end));
        let wins: usize = thread::scope(|scope| {
            let runs: Vec<_> = (0..8).map(|_| scope.spawn(|| use_up(noon()))).collect();
            runs.into_iter().map(|run| usize::from(run.join().unwrap())).sum()
        });
        assert_eq!(wins, 1);
        assert_eq!(store.read_blocking::<_, StoreError, _>(move |uow| uow.links().find(&digest)).unwrap(), None);
    }

    fn auth_17_parallel_failures_are_all_counted_within_their_window(database) {
        let store = database.store();
        let (key, window) = (BucketKey([5; 32]), TimeDelta::minutes(15));
        let fail = |now| {
            store
                .write_blocking::<_, StoreError, _>(move |uow| uow.login_buckets().bump_failures(key, now, now - window))
                .unwrap()
        };
        thread::scope(|scope| {
            for _ in 0..20 {
                scope.spawn(|| fail(noon()));
            }
        });
        let last = fail(noon() + window - TimeDelta::microseconds(1));
        assert_eq!((last.failures, last.window_start), (21, noon()));
        let anew = fail(noon() + window);
        assert_eq!((anew.failures, anew.window_start), (1, noon() + window));
        store.write_blocking::<_, StoreError, _>(move |uow| uow.login_buckets().save_wait(key, noon())).unwrap();
        let find = || store.read_blocking::<_, StoreError, _>(move |uow| uow.login_buckets().find(key)).unwrap();
        assert_eq!(find().unwrap().wait_until, Some(noon()));
        store.write_blocking::<_, StoreError, _>(move |uow| uow.login_buckets().delete(key)).unwrap();
        assert_eq!(find(), None);
    }
}
