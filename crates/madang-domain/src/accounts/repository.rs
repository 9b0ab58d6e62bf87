//! The ports of accounts.

/// Users.
pub trait AccountRepository {}
/// One-time links of mails.
pub trait LinkRepository {}
/// Failed logins.
pub trait LoginBucketRepository {}
