//! Login sessions.

mod authenticate;
mod repository;
mod session;

pub use authenticate::{AuthenticateError, authenticate};
pub(crate) use authenticate::{judge, restrict};
pub use repository::{Bearer, SessionRepository, Standing};
pub use session::{Delivery, RevokeReason, Session, SessionEnd};
