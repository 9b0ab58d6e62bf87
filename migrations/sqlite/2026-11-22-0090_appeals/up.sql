-- What somebody says against a sanction of theirs, once. Whose it is only the sanction tells.
CREATE TABLE appeals (
    id BLOB NOT NULL PRIMARY KEY,
    sanction_id BLOB NOT NULL UNIQUE REFERENCES sanctions (id),
    school_id BLOB NOT NULL REFERENCES schools (id),
    contents TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('open', 'upheld', 'overturned')),
    note TEXT,
    created_at INTEGER NOT NULL,
    decided_at INTEGER,
    CHECK ((decided_at IS NULL) = (status = 'open'))
) STRICT;
CREATE INDEX appeals_school ON appeals (school_id, created_at, id);
CREATE INDEX appeals_all ON appeals (created_at, id);

CREATE INDEX sanctions_school ON sanctions (school_id, starts_at DESC, id DESC);
CREATE INDEX sanctions_board ON sanctions (board_id, starts_at DESC, id DESC);
CREATE INDEX sanctions_all ON sanctions (starts_at DESC, id DESC);

-- For statistics.
CREATE INDEX messages_created_at ON messages (created_at);
CREATE INDEX reports_created_at ON reports (created_at);

-- One more purpose, which a check of SQLite takes with a new table only.
ALTER TABLE one_time_links RENAME TO one_time_links_old;
DROP INDEX one_time_links_newest;
DROP INDEX one_time_links_expires_at;
CREATE TABLE one_time_links (
    secret_sha256 BLOB NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL CHECK (purpose IN ('verify_email', 'change_email', 'reset_password', 'appeal')),
    user_id BLOB NOT NULL REFERENCES users (id),
    user_epoch INTEGER NOT NULL,
    email TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT;
INSERT INTO one_time_links SELECT * FROM one_time_links_old;
DROP TABLE one_time_links_old;
CREATE UNIQUE INDEX one_time_links_newest ON one_time_links (user_id, purpose);
CREATE INDEX one_time_links_expires_at ON one_time_links (expires_at);
