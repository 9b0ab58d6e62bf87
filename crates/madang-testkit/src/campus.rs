//! A small campus to act on: schools, members of each role, boards.

use crate::World;
use chrono_tz::Tz;
use madang_domain::accounts::{
    AccountState, Email, NewUser, Nickname, PasswordHash, Settings, User, Username,
};
use madang_domain::actor::{Actor, Credential, Role};
use madang_domain::boards::{BoardCategory, BoardFlags, NewBoard};
use madang_domain::ctx::{Ctx, Moment};
use madang_domain::ids::{BoardId, SchoolId};
use madang_domain::language::Language;
use madang_domain::schools::SchoolSettings;
use madang_domain::store::{Store, StoreError, UnitOfWork};
use std::sync::Arc;

/// Builds on one store by its ports, past every rule of the use cases.
pub struct Campus<'w> {
    store: Arc<dyn Store>,
    world: &'w World,
}

impl<'w> Campus<'w> {
    /// A campus in `store`, built at the moments of `world`.
    pub fn new(store: Arc<dyn Store>, world: &'w World) -> Self {
        Self { store, world }
    }

    /// An open school without mail domains.
    pub fn school(&self, name: &str) -> SchoolId {
        let moment = self.world.moment();
        let id: SchoolId = moment.fresh();
        let settings = SchoolSettings {
            name: name.to_owned(),
            email_domains: Vec::new(),
            domains_only: false,
            is_open: true,
            time_zone: Tz::Asia__Seoul,
        };
        self.write(move |uow| uow.schools().add(id, &settings, moment.now));
        id
    }

    /// A member of `school` whose username and nickname are `name` (4 to 10 letters); counted when the enrolment is
    /// proven.
    pub fn member(&self, school: SchoolId, name: &str, role: Role) -> Actor {
        let user = user(&self.world.moment(), school, name, role);
        let actor = Actor {
            user: user.id,
            school,
            role,
            email_verified: user.email_verified_at.is_some(),
            restriction: None,
            in_boards: Vec::new(),
            credential: Credential::Session(self.world.moment().fresh()),
        };
        let password = PasswordHash { encoded: "!".to_owned(), version: 1 };
        let new = NewUser { user, password, enrolment: None };
        let counted = i64::from(role >= Role::Student);
        self.write(move |uow| {
            uow.accounts().add(&new)?;
            uow.schools().bump_members(school, counted)
        });
        actor
    }

    /// A board of `school` with these switches.
    pub fn board(&self, school: SchoolId, name: &str, flags: BoardFlags) -> BoardId {
        let moment = self.world.moment();
        let board = NewBoard {
            id: moment.fresh(),
            school_id: school,
            name: name.to_owned(),
            description: String::new(),
            category: BoardCategory::Basic,
            flags,
            manager_id: None,
            created_at: moment.now,
        };
        let id = board.id;
        self.write(move |uow| uow.boards().add(&board));
        id
    }

    /// The world as `actor` meets it a second later.
    pub fn next_ctx(&self, actor: &Actor) -> Ctx {
        self.world.next_moment().acting(actor.clone())
    }

    /// Runs `work` as one write unit.
    pub fn write<T: Send + 'static>(
        &self,
        work: impl Fn(&mut dyn UnitOfWork) -> Result<T, StoreError> + Send + 'static,
    ) -> T {
        self.store.write_blocking(work).expect("the unit is written")
    }
}

fn user(moment: &Moment, school: SchoolId, name: &str, role: Role) -> User {
    let proven = (role >= Role::Student).then_some(moment.now);
    User {
        id: moment.fresh(),
        school,
        username: Username::parse(name, &moment.policy.accounts).expect("a username"),
        nickname: Nickname::parse(name, &moment.policy.accounts).expect("a nickname"),
        nickname_changed_at: None,
        email: Email::parse(&format!("{name}@example.test")).expect("an address"),
        email_verified_at: proven,
        pending_email: None,
        is_staff: role >= Role::Moderator,
        is_superuser: role == Role::Admin,
        state: AccountState::Active,
        state_until: None,
        enrolment_verified_at: proven,
        epoch: 0,
        admission_year: 2026,
        settings: Settings::new(Language::English),
        created_at: moment.now,
        updated_at: moment.now,
        withdrawn_at: None,
    }
}
