-- A case collects what is said of one target until staff decide it.
CREATE TABLE moderation_cases (
    id UUID NOT NULL PRIMARY KEY,
    school_id UUID NOT NULL REFERENCES schools (id),
    board_id UUID REFERENCES boards (id),
    target_type TEXT NOT NULL,
    -- By a bare id, because a case outlives the row that it is about.
    target_id UUID NOT NULL,
    snapshot TEXT NOT NULL,
    priority INT8 NOT NULL,
    report_count INT8 NOT NULL DEFAULT 0 CHECK (report_count >= 0),
    -- What its reports weigh together.
    weight INT8 NOT NULL DEFAULT 0,
    opened_at TIMESTAMPTZ NOT NULL,
    decided_at TIMESTAMPTZ,
    outcome TEXT CHECK (outcome IN ('dismiss', 'remove', 'warn')),
    note TEXT,
    is_immune BOOLEAN NOT NULL DEFAULT FALSE,
    CHECK ((decided_at IS NULL) = (outcome IS NULL))
);
CREATE UNIQUE INDEX moderation_cases_open ON moderation_cases (target_id) WHERE decided_at IS NULL;
CREATE INDEX moderation_cases_target ON moderation_cases (target_id);
CREATE INDEX moderation_cases_board ON moderation_cases (board_id);
CREATE INDEX moderation_cases_queue ON moderation_cases (school_id, priority DESC, id DESC);
CREATE INDEX moderation_cases_all ON moderation_cases (priority DESC, id DESC);
CREATE INDEX moderation_cases_opened ON moderation_cases (school_id, opened_at, id);

CREATE TABLE reports (
    id UUID NOT NULL PRIMARY KEY,
    case_id UUID NOT NULL REFERENCES moderation_cases (id),
    -- Told to nobody, not to staff either.
    reporter_id UUID NOT NULL REFERENCES users (id),
    target_type TEXT NOT NULL,
    target_id UUID NOT NULL,
    reason TEXT NOT NULL,
    detail TEXT,
    weight INT8 NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('open', 'upheld', 'dismissed')),
    created_at TIMESTAMPTZ NOT NULL,
    decided_at TIMESTAMPTZ
);
CREATE UNIQUE INDEX reports_once ON reports (reporter_id, target_id);
CREATE INDEX reports_reporter_feed ON reports (reporter_id, created_at DESC, id DESC);
CREATE INDEX reports_case ON reports (case_id);

CREATE TABLE sanctions (
    id UUID NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('warning', 'restriction', 'ban')),
    school_id UUID NOT NULL REFERENCES schools (id),
    -- Null for the whole site.
    board_id UUID REFERENCES boards (id),
    -- Null for a sanction through an anonymous item: then the label in its thread says whom it is for, and
    -- anonymous_identities alone who that is.
    subject_id UUID REFERENCES users (id),
    post_id UUID REFERENCES posts (id),
    number INT4 CHECK (number >= 0),
    target_type TEXT,
    target_id UUID,
    issuer_id UUID NOT NULL REFERENCES users (id),
    rule TEXT NOT NULL,
    reason TEXT NOT NULL,
    evidence TEXT,
    starts_at TIMESTAMPTZ NOT NULL,
    ends_at TIMESTAMPTZ,
    lifted_at TIMESTAMPTZ,
    CHECK ((subject_id IS NULL) = (number IS NOT NULL)),
    CHECK ((post_id IS NULL) = (number IS NULL))
);
CREATE INDEX sanctions_subject ON sanctions (subject_id, starts_at DESC, id DESC);
CREATE INDEX sanctions_label ON sanctions (post_id, number);
CREATE INDEX sanctions_target ON sanctions (target_id);

-- What staff removed and is still to be erased.
CREATE INDEX posts_removed ON posts (removed_at) WHERE removed_at IS NOT NULL AND contents <> '';
CREATE INDEX comments_removed ON comments (removed_at) WHERE removed_at IS NOT NULL AND contents <> '';
