-- What somebody says against a sanction of theirs, once. Whose it is only the sanction tells.
CREATE TABLE appeals (
    id UUID NOT NULL PRIMARY KEY,
    sanction_id UUID NOT NULL UNIQUE REFERENCES sanctions (id),
    school_id UUID NOT NULL REFERENCES schools (id),
    contents TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('open', 'upheld', 'overturned')),
    note TEXT,
    created_at TIMESTAMPTZ NOT NULL,
    decided_at TIMESTAMPTZ,
    CHECK ((decided_at IS NULL) = (status = 'open'))
);
CREATE INDEX appeals_school ON appeals (school_id, created_at, id);
CREATE INDEX appeals_all ON appeals (created_at, id);

CREATE INDEX sanctions_school ON sanctions (school_id, starts_at DESC, id DESC);
CREATE INDEX sanctions_board ON sanctions (board_id, starts_at DESC, id DESC);
CREATE INDEX sanctions_all ON sanctions (starts_at DESC, id DESC);

-- For statistics.
CREATE INDEX messages_created_at ON messages (created_at);
CREATE INDEX reports_created_at ON reports (created_at);

ALTER TABLE one_time_links DROP CONSTRAINT one_time_links_purpose_check;
ALTER TABLE one_time_links ADD CONSTRAINT one_time_links_purpose_check
    CHECK (purpose IN ('verify_email', 'change_email', 'reset_password', 'appeal'));
