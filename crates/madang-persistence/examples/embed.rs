//! A service of its own on Madang's rules and tables, without HTTP: a kiosk that posts the canteen's menu and prints what
//! the board holds. Run it with `cargo run -p madang-persistence --example embed`.

use chrono::Utc;
use madang_domain::accounts::{
    CreateAdmin, Email, EnrolmentProof, Nickname, PasswordHash, Username, create_admin,
};
use madang_domain::actor::{Actor, Credential, Role};
use madang_domain::boards::{BoardCategory, CreateBoard, GroupFlags, create_board};
use madang_domain::ctx::{Entropy, Moment};
use madang_domain::ids::{BoardId, SchoolId, UserId};
use madang_domain::language::Language;
use madang_domain::paging::{FeedOrder, FeedRequest, From};
use madang_domain::policy::Policy;
use madang_domain::posts::{CreatePost, PostFilter, create_post, list_board_posts};
use madang_domain::store::Store;
use madang_persistence::{DieselStore, Options};
use std::error::Error;
use std::fs::File;
use std::io::{Read, Write, stdout};
use std::sync::Arc;

/// Whatever goes wrong; a real service has an enum of its own.
type Fault = Box<dyn Error + Send + Sync>;

/// What the service is: where it stores, and the world it hands in.
struct Kiosk {
    store: Arc<dyn Store>,
    policy: Arc<Policy>,
    entropy: Arc<dyn Entropy>,
}

/// The randomness of the system.
struct SystemEntropy;

impl Entropy for SystemEntropy {
    #[allow(clippy::expect_used, reason = "a system without randomness cannot make ids")]
    fn fill(&self, bytes: &mut [u8]) {
        File::open("/dev/urandom")
            .and_then(|mut source| source.read_exact(bytes))
            .expect("the system's randomness");
    }
}

impl Kiosk {
    /// This moment. The clock is asked here and nowhere else.
    #[allow(clippy::disallowed_methods, reason = "this is the clock that everything else is handed")]
    fn moment(&self) -> Moment {
        Moment::new(Utc::now(), Arc::clone(&self.policy), Arc::clone(&self.entropy))
    }

    /// The kiosk's own account. Its password is unusable, so that nobody logs in as it.
    fn account(&self) -> Result<(UserId, SchoolId), Fault> {
        let moment = self.moment();
        let accounts = &self.policy.accounts;
        let command = CreateAdmin {
            username: Username::parse("kiosk", accounts)
                .map_err(|refused| format!("username: {refused:?}"))?,
            nickname: Nickname::parse("Kiosk", accounts)
                .map_err(|refused| format!("nickname: {refused:?}"))?,
            email: Email::parse("kiosk@example.test").map_err(|refused| format!("email: {refused:?}"))?,
            school: "Example School".to_owned(),
            password: PasswordHash { encoded: "!".to_owned(), version: 0 },
            enrolment: EnrolmentProof(moment.random()),
            language: Language::English,
        };
        let made = self.store.write_blocking(move |uow| {
            let user = create_admin(uow, &moment, &command)?;
            let school = uow.schools().find_named(&command.school)?.map(|school| school.id);
            school.map(|school| (user, school)).ok_or_else(|| Fault::from("no school"))
        })?;
        Ok(made)
    }

    /// Opens a board and writes one post into it, in one unit: both are there, or neither.
    fn post_menu(&self, actor: &Actor, menu: &str) -> Result<BoardId, Fault> {
        let ctx = self.moment().acting(actor.clone());
        let menu = menu.to_owned();
        let board = self.store.write_blocking(move |uow| {
            let board = CreateBoard {
                name: "Canteen".to_owned(),
                description: "What is for lunch.".to_owned(),
                category: BoardCategory::Group,
                flags: GroupFlags::default(),
            };
            let board_id = create_board(uow, &ctx, board)?;
            let post = CreatePost {
                board_id,
                title: Some("Today".to_owned()),
                contents: menu.clone(),
                is_anonymous: None,
                is_question: false,
                images: Vec::new(),
                comments_locked: true,
            };
            create_post(uow, &ctx, post)?;
            Ok::<_, Fault>(board_id)
        })?;
        Ok(board)
    }

    /// Prints the newest posts of a board, as `actor` sees them.
    fn print(&self, actor: &Actor, board: BoardId) -> Result<(), Fault> {
        let ctx = self.moment().acting(actor.clone());
        let newest = FeedRequest { from: From::Start, limit: 10, order: FeedOrder::NewestFirst };
        let feed = self
            .store
            .read_blocking(move |uow| list_board_posts(uow, &ctx, board, &PostFilter::default(), newest))?;
        for post in feed.items {
            let post = post.seen.post;
            writeln!(stdout(), "{}: {}", post.title.unwrap_or_default(), post.contents)?;
        }
        Ok(())
    }
}

fn main() -> Result<(), Fault> {
    // `sqlite:PATH` or `postgres://…` serve alike; this one is gone when the program ends.
    let store = DieselStore::open(Options::new("sqlite::memory:".parse()?))?;
    let kiosk = Kiosk {
        store: Arc::new(store),
        policy: Arc::new(Policy::default()),
        entropy: Arc::new(SystemEntropy),
    };
    let (user, school) = kiosk.account()?;
    // Who acts is for the embedding service to know: it has its own proof of identity.
    let actor = Actor {
        user,
        school,
        role: Role::Student,
        email_verified: true,
        restriction: None,
        in_boards: Vec::new(),
        credential: Credential::PersonalToken,
    };
    let board = kiosk.post_menu(&actor, "Bibimbap, and barley tea.")?;
    kiosk.print(&actor, board)
}
