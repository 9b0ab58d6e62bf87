-- Of a token its SHA-256 alone is stored: its 256 random bits need no slow hash.
CREATE TABLE personal_tokens (
    id BLOB NOT NULL PRIMARY KEY,
    user_id BLOB NOT NULL REFERENCES users (id),
    name TEXT NOT NULL,
    token_sha256 BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    -- To the minute.
    last_used_at INTEGER,
    revoked_at INTEGER
) STRICT;
CREATE UNIQUE INDEX personal_tokens_token ON personal_tokens (token_sha256);
CREATE INDEX personal_tokens_user ON personal_tokens (user_id, revoked_at);
CREATE INDEX personal_tokens_expires_at ON personal_tokens (expires_at);
