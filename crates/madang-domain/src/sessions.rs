//! Login sessions.

mod authenticate;
mod repository;
mod session;

pub(crate) use authenticate::judge;
pub use authenticate::{AuthenticateError, authenticate};
pub use repository::{Bearer, SessionRepository, Standing};
pub use session::{Delivery, RevokeReason, Session, SessionEnd};
