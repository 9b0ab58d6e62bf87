-- Both logs are written in the transaction of the act and never changed. They name people by bare ids, because an entry
-- outlives the row that it is about.
CREATE TABLE audit_log (
    id UUID NOT NULL PRIMARY KEY,
    at TIMESTAMPTZ NOT NULL,
    actor_id UUID,
    action TEXT NOT NULL,
    subject_id UUID,
    reason TEXT,
    detail TEXT
);
CREATE INDEX audit_log_feed ON audit_log (at DESC, id DESC);
CREATE INDEX audit_log_subject ON audit_log (subject_id, at DESC, id DESC);
CREATE INDEX audit_log_action ON audit_log (action, at DESC, id DESC);

CREATE TABLE moderation_log (
    id UUID NOT NULL PRIMARY KEY,
    at TIMESTAMPTZ NOT NULL,
    school_id UUID NOT NULL,
    board_id UUID,
    actor_id UUID NOT NULL,
    act TEXT NOT NULL,
    target_type TEXT NOT NULL,
    target_id UUID NOT NULL,
    rule TEXT,
    reason TEXT
);
CREATE INDEX moderation_log_feed ON moderation_log (school_id, at DESC, id DESC);
