-- Exports of people's own data; the files lie in the data directory under names that nobody can guess.
CREATE TABLE exports (
    id BLOB NOT NULL PRIMARY KEY,
    user_id BLOB NOT NULL REFERENCES users (id),
    state TEXT NOT NULL CHECK (state IN ('running', 'made', 'failed')),
    file TEXT,
    bytes INTEGER,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    -- Until when a job is making it.
    claimed_until INTEGER
) STRICT;
CREATE INDEX exports_user ON exports (user_id, created_at);
CREATE INDEX exports_running ON exports (created_at, id) WHERE state = 'running';
CREATE INDEX exports_created_at ON exports (created_at);
CREATE INDEX exports_expires_at ON exports (expires_at) WHERE expires_at IS NOT NULL;
