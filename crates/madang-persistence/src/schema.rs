//! The tables as Diesel sees them, alphabetical; the migrations are what makes them. A test compares both databases.

use diesel::table;

table! {
    use crate::columns::Instant;
    use diesel::sql_types::*;

    idempotency_keys (key_digest) {
        key_digest -> Binary,
        body_digest -> Binary,
        answer -> Nullable<Binary>,
        expires_at -> Instant,
    }
}
