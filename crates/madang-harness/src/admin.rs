//! What an operator does beneath the API.

use crate::client::Client;
use crate::person::{PASSWORD, Person};
use crate::server::Server;
use madang::World;
use madang_auth::keys::KeyRing;
use madang_auth::login_keys::LoginKeys;
use madang_auth::passwords::{HasherSettings, Password, PasswordHasher};
use madang_domain::accounts::{CreateAdmin, Email, Nickname, PasswordHash, Username, create_admin};
use madang_domain::ids::UserId;
use madang_domain::language::Language;
use madang_domain::policy::Policy;
use madang_domain::store::StoreError;
use serde_json::json;
use std::sync::Arc;

/// The school that every admin of a test belongs to.
const OFFICE: &str = "Office";

/// Makes an admin of the site and logs in.
#[expect(clippy::expect_used, reason = "a test cannot go on without its admin")]
pub(crate) fn create(server: &Server, username: &str) -> Person {
    let world = World::real();
    let policy = Arc::new(Policy::default());
    let moment = world.moment(&policy);
    let keys = KeyRing::open(&server.data_dir().join("keys.json"), world.entropy.as_ref()).map(Arc::new);
    let keys = keys.expect("the server's keys");
    let settings = HasherSettings { bcrypt_cost: 4, pbkdf2_max_iterations: 2_000_000, test_mode: true };
    let hasher = PasswordHasher::new(Arc::clone(&keys), settings).expect("a hasher");
    let email = Email::parse(&format!("{username}@office.test")).expect("an address");
    let command = CreateAdmin {
        username: Username::parse(username, &policy.accounts).expect("a username"),
        nickname: Nickname::parse(username, &policy.accounts).expect("a nickname"),
        enrolment: LoginKeys::new(keys).enrolment_proof(&email.key()),
        school: OFFICE.to_owned(),
        password: hasher.hash(&Password::new(PASSWORD.to_owned()), moment.random()).expect("a hash"),
        language: Language::English,
        email,
    };
    let address = command.email.as_str().to_owned();
    let id =
        server.store().write_blocking(move |uow| create_admin(uow, &moment, &command)).expect("an admin");

    let client: Client = server.client();
    let login = json!({ "username": username, "password": PASSWORD });
    let token = client.post("/auth/login", login).expect(200).string("/access_token");
    Person {
        client: client.with_token(token),
        id: id.to_string(),
        username: username.to_owned(),
        email: address,
    }
}

impl Server {
    /// The stored password hash of a user.
    ///
    /// # Panics
    /// When there is no such user.
    #[expect(clippy::expect_used, reason = "a test that asks knows the user")]
    pub fn password_hash_of(&self, id: &str) -> String {
        let id: UserId = id.parse().expect("an id");
        let found = self.store().read_blocking(move |uow| uow.accounts().find_password(id));
        found.expect("the store answers").expect("a user").encoded
    }

    /// Gives a user a password hash as another system has made it.
    ///
    /// # Panics
    /// When there is no such user.
    #[expect(clippy::expect_used, reason = "a test that imports knows the user")]
    pub fn import_password_hash(&self, id: &str, encoded: &str) {
        let id: UserId = id.parse().expect("an id");
        let new = PasswordHash { encoded: encoded.to_owned(), version: 0 };
        let saved = self.store().write_blocking(move |uow| {
            let old =
                uow.accounts().find_password(id)?.ok_or_else(|| StoreError::internal("no such user"))?;
            uow.accounts().save_password(id, &old, &new)
        });
        assert!(saved.expect("the store answers"), "the password changed meanwhile");
    }
}
