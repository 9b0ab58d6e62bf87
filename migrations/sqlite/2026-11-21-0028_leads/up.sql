-- Contacts that people keep for themselves; nobody but the owner ever sees one.
CREATE TABLE leads (
    id BLOB NOT NULL PRIMARY KEY,
    owner_id BLOB NOT NULL REFERENCES users (id),
    name TEXT NOT NULL,
    name_fold TEXT NOT NULL,
    email TEXT NOT NULL,
    -- The canonical form, by which addresses are compared.
    email_key TEXT NOT NULL,
    message TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER
) STRICT;
CREATE UNIQUE INDEX leads_email ON leads (owner_id, email_key) WHERE deleted_at IS NULL;
CREATE INDEX leads_created_at ON leads (owner_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX leads_name ON leads (owner_id, name_fold, id) WHERE deleted_at IS NULL;
CREATE INDEX leads_deleted_at ON leads (deleted_at) WHERE deleted_at IS NOT NULL;
