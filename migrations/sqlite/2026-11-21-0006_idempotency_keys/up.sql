CREATE TABLE idempotency_keys (
    key_digest BLOB NOT NULL PRIMARY KEY CHECK (length(key_digest) = 32),
    body_digest BLOB NOT NULL CHECK (length(body_digest) = 32),
    answer BLOB,
    expires_at INTEGER NOT NULL
) STRICT;

CREATE INDEX idempotency_keys_expires_at ON idempotency_keys (expires_at);
