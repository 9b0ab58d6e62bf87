-- A case collects what is said of one target until staff decide it.
CREATE TABLE moderation_cases (
    id BLOB NOT NULL PRIMARY KEY,
    school_id BLOB NOT NULL REFERENCES schools (id),
    board_id BLOB REFERENCES boards (id),
    target_type TEXT NOT NULL,
    -- By a bare id, because a case outlives the row that it is about.
    target_id BLOB NOT NULL,
    snapshot TEXT NOT NULL,
    priority INTEGER NOT NULL,
    report_count INTEGER NOT NULL DEFAULT 0 CHECK (report_count >= 0),
    -- What its reports weigh together.
    weight INTEGER NOT NULL DEFAULT 0,
    opened_at INTEGER NOT NULL,
    decided_at INTEGER,
    outcome TEXT CHECK (outcome IN ('dismiss', 'remove', 'warn')),
    note TEXT,
    is_immune INTEGER NOT NULL DEFAULT 0 CHECK (is_immune IN (0, 1)),
    CHECK ((decided_at IS NULL) = (outcome IS NULL))
) STRICT;
CREATE UNIQUE INDEX moderation_cases_open ON moderation_cases (target_id) WHERE decided_at IS NULL;
CREATE INDEX moderation_cases_target ON moderation_cases (target_id);
CREATE INDEX moderation_cases_board ON moderation_cases (board_id);
CREATE INDEX moderation_cases_queue ON moderation_cases (school_id, priority DESC, id DESC);
CREATE INDEX moderation_cases_all ON moderation_cases (priority DESC, id DESC);
CREATE INDEX moderation_cases_opened ON moderation_cases (school_id, opened_at, id);

CREATE TABLE reports (
    id BLOB NOT NULL PRIMARY KEY,
    case_id BLOB NOT NULL REFERENCES moderation_cases (id),
    -- Told to nobody, not to staff either.
    reporter_id BLOB NOT NULL REFERENCES users (id),
    target_type TEXT NOT NULL,
    target_id BLOB NOT NULL,
    reason TEXT NOT NULL,
    detail TEXT,
    weight INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('open', 'upheld', 'dismissed')),
    created_at INTEGER NOT NULL,
    decided_at INTEGER
) STRICT;
CREATE UNIQUE INDEX reports_once ON reports (reporter_id, target_id);
CREATE INDEX reports_reporter_feed ON reports (reporter_id, created_at DESC, id DESC);
CREATE INDEX reports_case ON reports (case_id);

CREATE TABLE sanctions (
    id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('warning', 'restriction', 'ban')),
    school_id BLOB NOT NULL REFERENCES schools (id),
    -- Null for the whole site.
    board_id BLOB REFERENCES boards (id),
    -- Null for a sanction through an anonymous item: then the label in its thread says whom it is for, and
    -- anonymous_identities alone who that is.
    subject_id BLOB REFERENCES users (id),
    post_id BLOB REFERENCES posts (id),
    number INTEGER CHECK (number >= 0),
    target_type TEXT,
    target_id BLOB,
    issuer_id BLOB NOT NULL REFERENCES users (id),
    rule TEXT NOT NULL,
    reason TEXT NOT NULL,
    evidence TEXT,
    starts_at INTEGER NOT NULL,
    ends_at INTEGER,
    lifted_at INTEGER,
    CHECK ((subject_id IS NULL) = (number IS NOT NULL)),
    CHECK ((post_id IS NULL) = (number IS NULL))
) STRICT;
CREATE INDEX sanctions_subject ON sanctions (subject_id, starts_at DESC, id DESC);
CREATE INDEX sanctions_label ON sanctions (post_id, number);
CREATE INDEX sanctions_target ON sanctions (target_id);

-- What staff removed and is still to be erased.
CREATE INDEX posts_removed ON posts (removed_at) WHERE removed_at IS NOT NULL AND contents <> '';
CREATE INDEX comments_removed ON comments (removed_at) WHERE removed_at IS NOT NULL AND contents <> '';
