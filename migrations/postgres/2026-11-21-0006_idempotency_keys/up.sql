CREATE TABLE idempotency_keys (
    key_digest BYTEA NOT NULL PRIMARY KEY CHECK (length(key_digest) = 32),
    body_digest BYTEA NOT NULL CHECK (length(body_digest) = 32),
    answer BYTEA,
    expires_at TIMESTAMPTZ NOT NULL
);

CREATE INDEX idempotency_keys_expires_at ON idempotency_keys (expires_at);
