-- A session is one family of refresh tokens; of the tokens themselves nothing is stored.
CREATE TABLE sessions (
    id BLOB NOT NULL PRIMARY KEY,
    user_id BLOB NOT NULL REFERENCES users (id),
    delivery TEXT NOT NULL CHECK (delivery IN ('cookie', 'body')),
    nonce BLOB NOT NULL,
    -- The server secret of the current refresh token, and how often it was rotated.
    key_id INTEGER NOT NULL,
    counter INTEGER NOT NULL CHECK (counter >= 0),
    created_at INTEGER NOT NULL,
    rotated_at INTEGER,
    idle_at INTEGER NOT NULL,
    abs_at INTEGER NOT NULL,
    auth_time INTEGER NOT NULL,
    revoked_at INTEGER,
    revoke_reason TEXT,
    device_label TEXT,
    CHECK ((revoked_at IS NULL) = (revoke_reason IS NULL))
) STRICT;
CREATE INDEX sessions_user ON sessions (user_id, revoked_at);
CREATE INDEX sessions_abs_at ON sessions (abs_at);
