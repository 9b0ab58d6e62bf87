-- What must happen after a commit. A row is erased when it is done; a dead one keeps its kind and failure only.
CREATE TABLE outbox (
    id UUID NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    recipient TEXT,
    language TEXT NOT NULL CHECK (language IN ('ko', 'en')),
    username TEXT,
    secret BYTEA,
    link_expires_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    due_at TIMESTAMPTZ NOT NULL,
    attempts INT4 NOT NULL DEFAULT 0,
    failure TEXT,
    dead_at TIMESTAMPTZ
);

CREATE INDEX outbox_due ON outbox (due_at, id) WHERE dead_at IS NULL;
CREATE INDEX outbox_dead ON outbox (dead_at) WHERE dead_at IS NOT NULL;
