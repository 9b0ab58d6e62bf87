//! A server with two schools, boards, and one person of each kind.

use crate::client::Client;
use crate::config::Config;
use crate::person::Person;
use crate::server::{Kind, Server};
use serde_json::{Value, json};

/// A school of a [`Campus`].
#[derive(Clone, Debug)]
pub struct School {
    /// Its id.
    pub id: String,
    /// Its mail domain.
    pub domain: &'static str,
}

/// The cast of the security cases: schools A and B; V, G, U1, U2 and MOD at A; U3 at B; ADM of the site.
pub struct Campus {
    /// The server.
    pub server: Server,
    /// School A.
    pub a: School,
    /// School B.
    pub b: School,
    /// A visitor.
    pub v: Client,
    /// A guest of A, whose link is unopened.
    pub g: Person,
    /// A student of A.
    pub u1: Person,
    /// Another student of A.
    pub u2: Person,
    /// A student of B.
    pub u3: Person,
    /// A moderator of A.
    pub moderator: Person,
    /// An admin.
    pub admin: Person,
    /// A board of A that guests may read, and where anonymous posts are allowed.
    pub open_board: String,
    /// A board of A for students.
    pub closed_board: String,
}

impl Campus {
    /// The cast on a fresh database.
    ///
    /// # Panics
    /// When anything of it fails.
    pub fn open(kind: Kind) -> Self {
        Self::with(kind, Config::default())
    }

    /// The cast on a fresh database under these settings.
    ///
    /// # Panics
    /// When anything of it fails.
    pub fn with(kind: Kind, config: Config) -> Self {
        Self::on(Server::start(kind, config))
    }

    /// The cast on a running server with an empty database.
    ///
    /// # Panics
    /// When anything of it fails.
    pub fn on(server: Server) -> Self {
        let v = server.client();
        let admin = server.admin("chief");
        let a = school(&admin, "School A", "a.ac.test");
        let b = school(&admin, "School B", "b.ac.test");
        let sign_up = |school: &School, name: &str| Person::sign_up(&v, &school.id, name, school.domain);
        let g = sign_up(&a, "guest");
        let newcomers =
            [sign_up(&a, "user1"), sign_up(&a, "user2"), sign_up(&b, "user3"), sign_up(&a, "warden")];
        let [u1, u2, u3, moderator] = newcomers.map(|person| person.verify(server.mailbox()));
        set_role(&admin, &moderator, "moderator");
        let open_board =
            board(&admin, &a, json!({ "name": "Open", "guest_readable": true, "allow_anonymous": true }));
        let closed_board = board(&admin, &a, json!({ "name": "Closed" }));
        Self { server, a, b, v, g, u1, u2, u3, moderator, admin, open_board, closed_board }
    }

    /// A new student of A.
    ///
    /// # Panics
    /// When the server refuses.
    pub fn student(&self, username: &str) -> Person {
        Person::sign_up(&self.v, &self.a.id, username, self.a.domain).verify(self.server.mailbox())
    }

    /// A new post of `author` in the open board; its id.
    ///
    /// # Panics
    /// When the server refuses.
    pub fn post(&self, author: &Person, title: &str) -> String {
        let body = json!({ "title": title, "contents": format!("About {title}.") });
        author.client.post(&format!("/boards/{}/posts", self.open_board), body).expect(201).string("/id")
    }

    /// A new comment of `author` under `post`, by name; its id.
    ///
    /// # Panics
    /// When the server refuses.
    pub fn comment(&self, author: &Person, post: &str, contents: &str) -> String {
        let body = json!({ "contents": contents });
        author.client.post(&format!("/posts/{post}/comments"), body).expect(201).string("/id")
    }
}

/// Gives `person` a role, as an admin does.
///
/// # Panics
/// When the server refuses.
pub fn set_role(admin: &Person, person: &Person, role: &str) {
    let path = format!("/admin/users/{}", person.id);
    let etag = admin.client.get(&path).expect(200).etag();
    admin.client.call("PATCH", &path).if_match(&etag).json(&json!({ "role": role })).send().expect(200);
}

fn school(admin: &Person, name: &str, domain: &'static str) -> School {
    let body = json!({ "name": name, "email_domains": [domain] });
    School { id: admin.client.post("/admin/schools", body).expect(201).string("/id"), domain }
}

/// A new board of `school` with the given fields besides those that every board needs; its id.
///
/// # Panics
/// When the server refuses.
#[expect(clippy::needless_pass_by_value, reason = "callers write json!({…}) in place")]
pub fn board(admin: &Person, school: &School, fields: Value) -> String {
    let mut body = json!({ "school_id": school.id, "category": "basic" });
    if let (Some(body), Some(fields)) = (body.as_object_mut(), fields.as_object()) {
        body.extend(fields.clone());
    }
    admin.client.post("/admin/boards", body).expect(201).string("/id")
}
