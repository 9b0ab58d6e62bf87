-- What must happen after a commit. A row is erased when it is done; a dead one keeps its kind and failure only.
CREATE TABLE outbox (
    id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    recipient TEXT,
    language TEXT NOT NULL CHECK (language IN ('ko', 'en')),
    username TEXT,
    secret BLOB,
    link_expires_at INTEGER,
    created_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    failure TEXT,
    dead_at INTEGER
) STRICT;

CREATE INDEX outbox_due ON outbox (due_at, id) WHERE dead_at IS NULL;
CREATE INDEX outbox_dead ON outbox (dead_at) WHERE dead_at IS NOT NULL;
