//! Boots a whole server on a fresh database of either kind, with a client that hides nothing.
//!
//! A test starts a [`Server`], makes the people it needs, and calls as them; [`Campus`] has two schools, boards and one
//! person of each kind ready. Another service that embeds Madang tests itself the same way.
//!
//! ```
//! use madang_harness::{Config, Kind, Server};
//!
//! let server = Server::start(Kind::Sqlite, Config::default());
//! server.client().get("//livez").expect(200);
//! server.client().get("/me").refused(401, "authentication_required");
//! ```

mod admin;
pub mod campus;
mod client;
mod clock;
mod config;
mod mailbox;
pub mod person;
mod process;
mod server;

pub use campus::Campus;
pub use client::{Client, EventStream, Frame, Jar, Problem, Reply, Request, Response};
pub use clock::SteppedClock;
pub use config::Config;
pub use mailbox::{Mail, Mailbox};
pub use person::Person;
pub use process::Process;
pub use server::{Kind, Server};
