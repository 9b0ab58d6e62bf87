//! The contract of schools, their mail domains and their terms.

use crate::posts::in_parallel;
use chrono::TimeDelta;
use madang_domain::actor::{Actor, Role};
use madang_domain::filters::{NumberTest, OneOf, TextLookup, TextTest};
use madang_domain::ids::SchoolId;
use madang_domain::paging::{OrderBy, PageRequest};
use madang_domain::schools::{
    CreateSchoolError, DeleteSchoolError, EditSchool, EditSchoolError, EmailDomain, Holiday, School,
    SchoolFilter, SchoolKey, SchoolQuery, SchoolSettings, SchoolWithTerms, Semester, Term, TermFilter,
    TermOrder, TermQuery, create_school, delete_school, edit_school,
};
use madang_domain::store::StoreError;
use madang_domain::text::FieldError;
use madang_persistence::{Options, StatementLog};
use madang_testkit::{Campus, TestDatabase, TestStore, World, on_each_database};

/// An admin of a school without domains.
struct Scene {
    store: TestStore,
    world: World,
    home: SchoolId,
    admin: Actor,
}

impl Scene {
    fn new(database: TestDatabase) -> Self {
        Self::of(database.store())
    }

    fn of(store: TestStore) -> Self {
        let world = World::new();
        let campus = Campus::new(store.shared(), &world);
        let home = campus.school("Home");
        let admin = campus.member(home, "chief", Role::Admin);
        Self { store, world, home, admin }
    }

    fn create(&self, settings: SchoolSettings) -> Result<SchoolId, CreateSchoolError> {
        let ctx = self.world.next_moment().acting(self.admin.clone());
        self.store.write_blocking(move |uow| create_school(uow, &ctx, settings.clone()))
    }

    fn edit(&self, id: SchoolId, command: EditSchool) -> Result<(), EditSchoolError> {
        let ctx = self.world.next_moment().acting(self.admin.clone());
        self.store.write_blocking(move |uow| edit_school(uow, &ctx, id, command.clone(), &|_| true))
    }

    fn delete(&self, id: SchoolId) -> Result<(), DeleteSchoolError> {
        let ctx = self.world.next_moment().acting(self.admin.clone());
        self.store.write_blocking(move |uow| delete_school(uow, &ctx, id, &|_| true))
    }

    fn find(&self, id: SchoolId) -> Option<School> {
        self.store.read_blocking::<_, StoreError, _>(move |uow| uow.schools().find(id)).unwrap()
    }

    fn find_with_terms(&self, id: SchoolId) -> SchoolWithTerms {
        let found =
            self.store.read_blocking::<_, StoreError, _>(move |uow| uow.schools().find_with_terms(id));
        found.unwrap().unwrap()
    }

    fn list(
        &self,
        filter: SchoolFilter,
        order: Vec<OrderBy<SchoolKey>>,
        request: PageRequest,
    ) -> (i64, Vec<String>) {
        let query = SchoolQuery { filter, order, request };
        let page =
            self.store.read_blocking::<_, StoreError, _>(move |uow| uow.schools().list(&query)).unwrap();
        (page.count, page.items.into_iter().map(|school| school.settings.name).collect())
    }

    fn list_terms(&self, id: SchoolId, query: TermQuery) -> (i64, Vec<Term>) {
        let page =
            self.store.read_blocking::<_, StoreError, _>(move |uow| uow.schools().list_terms(id, &query));
        let page = page.unwrap();
        (page.count, page.items)
    }
}

fn settings(name: &str, domains: &[&str]) -> SchoolSettings {
    let email_domains = domains.iter().map(|domain| EmailDomain::parse(domain).unwrap()).collect();
    SchoolSettings { email_domains, ..SchoolSettings::named(name) }
}

fn page(page: u32, page_size: u32) -> PageRequest {
    PageRequest { page, page_size }
}

fn term(year: i32, semester: Semester, from: &str, to: &str, holidays: &[(&str, &str)]) -> Term {
    let holiday =
        |(date, name): &(&str, &str)| Holiday { date: date.parse().unwrap(), name: (*name).to_owned() };
    Term {
        year,
        semester,
        starts_on: from.parse().unwrap(),
        ends_on: to.parse().unwrap(),
        holidays: holidays.iter().map(holiday).collect(),
    }
}

fn fields(error: CreateSchoolError) -> Vec<(&'static str, FieldError)> {
    match error {
        CreateSchoolError::Fields(fields) => fields,
        other => panic!("{other:?}"),
    }
}

on_each_database! {
    fn sch_1_a_name_and_a_domain_belong_to_one_school(database) {
        let scene = Scene::new(database);
        let id = scene.create(settings("Hanbit", &["b.test", "mail.a.test"])).unwrap();
        let found = scene.find(id).unwrap();
        assert_eq!(found.settings, settings("Hanbit", &["b.test", "mail.a.test"]));
        assert_eq!((found.member_count, found.created_at), (0, found.updated_at));

        let refused = scene.create(settings("ＨANBIT", &["x.b.test"])).unwrap_err();
        assert_eq!(fields(refused), [("name", FieldError::Taken), ("email_domains", FieldError::Taken)]);
        let refused = scene.create(settings("Above", &["a.test"])).unwrap_err();
        assert_eq!(fields(refused), [("email_domains", FieldError::Taken)]);

        // One's own name and domains are not in one's way.
        let command = EditSchool { name: Some("HANBIT".to_owned()), ..EditSchool::default() };
        scene.edit(id, command).unwrap();
        let domains = settings("", &["a.test", "b.test"]).email_domains;
        scene.edit(id, EditSchool { email_domains: Some(domains.clone()), ..EditSchool::default() }).unwrap();
        let found = scene.find(id).unwrap();
        assert_eq!((found.settings.name.as_str(), found.settings.email_domains), ("HANBIT", domains));
        assert!(found.updated_at > found.created_at);
    }

    fn sch_1_parallel_additions_of_one_name_succeed_once(database) {
        let scene = Scene::new(database);
        let ctx = scene.world.next_moment().acting(scene.admin.clone());
        let store = scene.store.shared();
        let added = in_parallel(6, move || {
            let ctx = ctx.clone();
            let add = move |uow: &mut dyn madang_domain::store::UnitOfWork| {
                create_school(uow, &ctx, settings("Hanbit", &["a.test"]))
            };
            store.write_blocking(add)
        });
        let (added, refused): (Vec<_>, Vec<_>) = added.into_iter().partition(Result::is_ok);
        assert_eq!((added.len(), refused.len()), (1, 5));
        for refusal in refused {
            assert_eq!(fields(refusal.unwrap_err())[0], ("name", FieldError::Taken));
        }
    }

    fn sch_2_only_an_empty_school_goes_and_frees_its_name(database) {
        let scene = Scene::new(database);
        let id = scene.create(settings("Hanbit", &["a.test"])).unwrap();
        let campus = Campus::new(scene.store.shared(), &scene.world);
        let board = campus.board(id, "Board", madang_domain::boards::BoardFlags::default());
        assert!(matches!(scene.delete(id), Err(DeleteSchoolError::NotEmpty)));
        let (user, now) = (scene.admin.user, scene.world.now());
        campus.write(move |uow| uow.boards().mark_deleted(board, user, now));
        scene.delete(id).unwrap();
        assert_eq!(scene.find(id), None);
        assert!(matches!(scene.delete(id), Err(DeleteSchoolError::NotFound)));
        assert!(matches!(scene.edit(id, EditSchool::default()), Err(EditSchoolError::NotFound)));
        scene.create(settings("hanbit", &["a.test"])).unwrap();

        assert!(matches!(scene.delete(scene.home), Err(DeleteSchoolError::NotEmpty)), "it has users");
        let closed = EditSchool { is_open: Some(false), ..EditSchool::default() };
        scene.edit(scene.home, closed).unwrap();
        assert!(!scene.find(scene.home).unwrap().settings.is_open);
    }

    fn sch_4_terms_are_replaced_whole_and_listed_by_page(database) {
        let scene = Scene::new(database);
        let holidays = [("2026-05-05", "Children"), ("2026-05-24", "Buddha")];
        let spring = term(2026, Semester::First, "2026-03-02", "2026-06-20", &holidays);
        let autumn = term(2026, Semester::Second, "2026-09-01", "2026-12-19", &[("2026-10-03", "Foundation")]);
        let winter = term(2026, Semester::Winter, "2026-12-20", "2027-02-10", &[]);
        let put = |terms: &[Term]| {
            scene.edit(scene.home, EditSchool { terms: Some(terms.to_vec()), ..EditSchool::default() })
        };
        put(&[autumn.clone(), spring.clone()]).unwrap();
        let before = scene.find_with_terms(scene.home);
        assert_eq!(before.terms, [autumn.clone(), spring.clone()]);
        put(&[spring.clone(), autumn.clone()]).unwrap();
        assert_eq!(scene.find_with_terms(scene.home), before, "another order is no change");

        let overlapping = term(2026, Semester::Summer, "2026-06-20", "2026-07-10", &[]);
        match put(&[spring.clone(), overlapping]) {
            Err(EditSchoolError::Fields(fields)) => {
                assert_eq!(fields, [("terms.1".into(), FieldError::Overlap)]);
            }
            other => panic!("{other:?}"),
        }
        put(&[winter.clone(), spring.clone(), autumn.clone()]).unwrap();

        let all = |order, request| TermQuery { filter: TermFilter::default(), order, request };
        let first = scene.list_terms(scene.home, all(TermOrder::LatestFirst, page(1, 2)));
        assert_eq!(first, (3, vec![winter.clone(), autumn.clone()]));
        assert_eq!(scene.list_terms(scene.home, all(TermOrder::LatestFirst, page(2, 2))), (3, vec![spring.clone()]));
        let earliest = scene.list_terms(scene.home, all(TermOrder::EarliestFirst, page(1, 1)));
        assert_eq!(earliest, (3, vec![spring.clone()]));
        let filtered = |filter| TermQuery { filter, order: TermOrder::LatestFirst, request: page(1, 20) };
        let semester = Some(OneOf(vec![Semester::First, Semester::Winter]));
        let filter = TermFilter { year: vec![NumberTest::Gte(2026)], semester };
        assert_eq!(scene.list_terms(scene.home, filtered(filter)), (2, vec![winter, spring]));
        let none = TermFilter { year: vec![NumberTest::Gt(i64::MAX)], semester: None };
        assert_eq!(scene.list_terms(scene.home, filtered(none)), (0, vec![]));

        put(&[]).unwrap();
        assert_eq!(scene.find_with_terms(scene.home).terms, []);
    }

    fn con_10_parallel_edits_of_one_state_succeed_once(database) {
        let scene = Scene::new(database);
        let seen = scene.find_with_terms(scene.home);
        let ctx = scene.world.next_moment().acting(scene.admin.clone());
        let (store, home) = (scene.store.shared(), scene.home);
        let edits = in_parallel(6, move || {
            let (ctx, seen) = (ctx.clone(), seen.clone());
            store.write_blocking(move |uow| {
                let name = format!("{:?}", std::thread::current().id());
                let command = EditSchool { name: Some(name), ..EditSchool::default() };
                edit_school(uow, &ctx, home, command, &|found| *found == seen)
            })
        });
        assert_eq!(edits.iter().filter(|edit| edit.is_ok()).count(), 1);
        let refused = edits.iter().filter(|edit| matches!(edit, Err(EditSchoolError::PreconditionFailed)));
        assert_eq!(refused.count(), 5);
    }

    fn cnt_1_members_add_themselves(database) {
        let scene = Scene::new(database);
        let (store, home) = (scene.store.shared(), scene.home);
        let before = scene.find(home).unwrap().member_count;
        in_parallel(8, move || {
            store.write_blocking::<_, StoreError, _>(move |uow| uow.schools().bump_members(home, 1)).unwrap();
        });
        assert_eq!(scene.find(home).unwrap().member_count, before + 8);
    }

    fn lists_filter_order_and_cut(database) {
        let scene = Scene::new(database);
        for (name, domains) in [("Beta", &["b1.test", "b2.test"][..]), ("alpha", &[]), ("가람", &["g.test"])] {
            scene.create(settings(name, domains)).unwrap();
            scene.world.clock.advance(TimeDelta::seconds(1));
        }
        let names = |list: (i64, Vec<String>)| (list.0, list.1.join(" "));
        let by_name = || vec![OrderBy::ascending(SchoolKey::Name)];
        let all = SchoolFilter::default;
        assert_eq!(names(scene.list(all(), by_name(), page(1, 20))), (4, "alpha Beta Home 가람".to_owned()));
        assert_eq!(names(scene.list(all(), by_name(), page(2, 3))), (4, "가람".to_owned()));
        assert_eq!(names(scene.list(all(), by_name(), page(3, 3))), (4, String::new()));
        let newest = vec![OrderBy::descending(SchoolKey::CreatedAt)];
        assert_eq!(names(scene.list(all(), newest, page(1, 2))), (4, "가람 alpha".to_owned()));
        let named = |lookup, value| SchoolFilter { name: vec![TextTest::new(lookup, value)], ..all() };
        let found = scene.list(named(TextLookup::IContains, "ET"), by_name(), page(1, 20));
        assert_eq!(names(found), (1, "Beta".to_owned()));
        let found = scene.list(named(TextLookup::Contains, "ET"), by_name(), page(1, 20));
        assert_eq!(names(found), (0, String::new()));
        let closed = SchoolFilter { is_open: Some(false), ..all() };
        assert_eq!(scene.list(closed, by_name(), page(1, 20)).0, 0);
    }

    fn a_page_is_a_count_and_its_rows(database) {
        let log = StatementLog::default();
        let options = Options { statements: Some(log.clone()), ..database.options() };
        let scene = Scene::of(database.store_with(options));
        for n in 0..5 {
            scene.create(settings(&format!("School {n}"), &[&format!("a{n}.test"), &format!("b{n}.test")])).unwrap();
        }
        log.take();
        let (count, names) =
            scene.list(SchoolFilter::default(), vec![OrderBy::ascending(SchoolKey::Name)], page(1, 20));
        assert_eq!((count, names.len()), (6, 6));
        scene.find(scene.home).unwrap();
        let statements: Vec<usize> = log.take().iter().map(|unit| unit.statements.len()).collect();
        assert_eq!(statements, [2, 1]);
    }
}
