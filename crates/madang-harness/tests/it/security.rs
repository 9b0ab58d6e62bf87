//! The public cases of the security contract, each named after its number.

mod access_tokens;
mod change_email;
mod csrf;
mod email;
mod forms;
mod login;
mod objects;
mod passwords;
mod personal_tokens;
mod recovery;
mod refresh;
mod sessions;
mod staff;
mod throttle;
