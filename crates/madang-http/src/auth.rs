//! Proof of identity: sign-up, login, refresh and the ends of sessions.

mod confirm;
mod end_session;
mod forgot_password;
mod jwks;
mod list_sessions;
mod log_in;
mod log_out;
mod log_out_all;
mod refresh;
mod resend_verification;
mod reset_password;
mod sign_up;
mod tokens;
mod values;
mod verify_email;

pub(crate) use confirm::{Confirmed, confirm, confirm_for};
pub(crate) use tokens::{IssuedTokens, TokenResult};
pub(crate) use values::{admission_year, check_admission_year, password};

use crate::route::Route;

/// The routes under `/auth`, and the public keys.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        sign_up::route(),
        verify_email::route(),
        resend_verification::route(),
        log_in::route(),
        refresh::route(),
        log_out::route(),
        log_out_all::route(),
        forgot_password::route(),
        reset_password::route(),
        list_sessions::route(),
        end_session::route(),
        jwks::route(),
    ]
}
