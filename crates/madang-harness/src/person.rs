//! People who use a server, as its clients.

use crate::client::{Client, Response};
use crate::mailbox::Mailbox;
use serde_json::{Value, json};

/// Long and unlike every name: strong whoever uses it.
pub const PASSWORD: &str = "plum4-Ranger-mosaic-tundra";

/// The refresh cookie under an https public URL.
pub const REFRESH_COOKIE: &str = "__Host-madang_refresh";

/// Somebody with an account: one device of theirs.
#[derive(Clone)]
pub struct Person {
    /// The device, logged in.
    pub client: Client,
    /// The user's id.
    pub id: String,
    /// The name for logins.
    pub username: String,
    /// The address.
    pub email: String,
}

/// What `POST /auth/sign-up` needs, valid in every field.
pub fn sign_up_body(school: &str, username: &str, email: &str) -> Value {
    json!({
        "school_id": school,
        "username": username,
        "password": PASSWORD,
        "email": email,
        "nickname": nickname(username),
        "admission_year": 2026,
    })
}

/// The nickname that [`sign_up_body`] gives to `username`.
pub fn nickname(username: &str) -> String {
    username.chars().take(10).collect()
}

impl Person {
    /// Signs up at `school` from a device of its own; the address stays unproven.
    ///
    /// # Panics
    /// When the server refuses.
    pub fn sign_up(client: &Client, school: &str, username: &str, domain: &str) -> Self {
        let client = client.other_device().without_token();
        let email = format!("{username}@{domain}");
        let answer = client.post("/auth/sign-up", sign_up_body(school, username, &email)).expect(201);
        Self {
            client: client.with_token(answer.string("/access_token")),
            id: answer.string("/user/id"),
            username: username.to_owned(),
            email,
        }
    }

    /// Opens the newest link that was mailed to this person.
    ///
    /// # Panics
    /// When none comes, or the server refuses it.
    pub fn verify(self, mailbox: &Mailbox) -> Self {
        let token = mailbox.secret(&self.email, 1);
        self.client.without_token().post("/auth/email/verify", json!({ "token": token })).expect(200);
        self
    }

    /// The answer to a login of this person on a new device, which is handed out as well.
    pub fn try_log_in(&self, password: &str) -> (Client, Response) {
        let client = self.client.other_device().without_token();
        let answer = client.post("/auth/login", json!({ "username": self.username, "password": password }));
        (client, answer)
    }

    /// The same person on another device, logged in there.
    ///
    /// # Panics
    /// When the server refuses.
    pub fn log_in(&self) -> Self {
        let (client, answer) = self.try_log_in(PASSWORD);
        let token = answer.expect(200).string("/access_token");
        Self { client: client.with_token(token), ..self.clone() }
    }

    /// The value of this device's refresh cookie.
    ///
    /// # Panics
    /// When there is none.
    #[expect(clippy::expect_used, reason = "a test cannot go on without the cookie")]
    pub fn refresh_value(&self) -> String {
        self.client.cookies().value(REFRESH_COOKIE).map(str::to_owned).expect("a refresh cookie")
    }

    /// The answer to a refresh with this device's cookie.
    pub fn refresh(&self) -> Response {
        refresh(&self.client)
    }
}

/// The answer to a refresh as a script of our own pages sends it.
pub fn refresh(client: &Client) -> Response {
    client.without_token().call("POST", "/auth/refresh").from_script().send()
}

/// The answer to a refresh with `value` as the cookie, from a fresh device.
pub fn refresh_with(client: &Client, value: &str) -> Response {
    let client = client.other_device().without_token();
    client.cookies().keep(REFRESH_COOKIE, value);
    refresh(&client)
}
