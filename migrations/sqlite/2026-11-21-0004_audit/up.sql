-- Both logs are written in the transaction of the act and never changed. They name people by bare ids, because an entry
-- outlives the row that it is about.
CREATE TABLE audit_log (
    id BLOB NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    actor_id BLOB,
    action TEXT NOT NULL,
    subject_id BLOB,
    reason TEXT,
    detail TEXT
) STRICT;
CREATE INDEX audit_log_feed ON audit_log (at DESC, id DESC);
CREATE INDEX audit_log_subject ON audit_log (subject_id, at DESC, id DESC);
CREATE INDEX audit_log_action ON audit_log (action, at DESC, id DESC);

CREATE TABLE moderation_log (
    id BLOB NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    school_id BLOB NOT NULL,
    board_id BLOB,
    actor_id BLOB NOT NULL,
    act TEXT NOT NULL,
    target_type TEXT NOT NULL,
    target_id BLOB NOT NULL,
    rule TEXT,
    reason TEXT
) STRICT;
CREATE INDEX moderation_log_feed ON moderation_log (school_id, at DESC, id DESC);
