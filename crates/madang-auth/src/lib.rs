//! Proof of identity and its end: passwords and the threads that hash them, access and refresh tokens, the secrets of
//! mailed links, the keys behind all of it.
//!
//! The primitives prove and refuse, and store nothing; the use cases beside them put them to work. Times and randomness
//! are handed in. Start reading at [`keys`], then [`access_tokens`] and [`refresh_tokens`], then [`passwords`].

#![cfg_attr(test, allow(clippy::string_slice, reason = "a test that slices wrongly fails"))]

pub mod access_tokens;
pub mod address_failures;
pub mod appeal_ban;
pub mod change_email;
pub mod change_password;
pub mod confirm_password;
pub mod forgot_password;
pub mod hash_pool;
pub mod keys;
pub mod link_tokens;
pub mod log_in;
pub mod log_out;
pub mod login_keys;
mod mac;
pub mod open_session;
pub mod operator;
pub mod passwords;
pub mod personal_tokens;
mod prove_address;
pub mod refresh;
pub mod refresh_tokens;
pub mod resend_verification;
pub mod reset_password;
pub mod sessions;
pub mod sign_up;
mod throttle;
pub mod verify_email;

#[cfg(test)]
mod test_support;
