-- A session is one family of refresh tokens; of the tokens themselves nothing is stored.
CREATE TABLE sessions (
    id UUID NOT NULL PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES users (id),
    delivery TEXT NOT NULL CHECK (delivery IN ('cookie', 'body')),
    nonce BYTEA NOT NULL,
    -- The server secret of the current refresh token, and how often it was rotated.
    key_id INT2 NOT NULL,
    counter INT8 NOT NULL CHECK (counter >= 0),
    created_at TIMESTAMPTZ NOT NULL,
    rotated_at TIMESTAMPTZ,
    idle_at TIMESTAMPTZ NOT NULL,
    abs_at TIMESTAMPTZ NOT NULL,
    auth_time TIMESTAMPTZ NOT NULL,
    revoked_at TIMESTAMPTZ,
    revoke_reason TEXT,
    device_label TEXT,
    CHECK ((revoked_at IS NULL) = (revoke_reason IS NULL))
);
CREATE INDEX sessions_user ON sessions (user_id, revoked_at);
CREATE INDEX sessions_abs_at ON sessions (abs_at);
