-- What people are told. A row ties its recipient to an item that the recipient may have written anonymously, so it is read
-- by one module, for the recipient alone. The id is the event's: all who are told of it have the same, each at most once.
CREATE TABLE notifications (
    recipient_id BLOB NOT NULL REFERENCES users (id),
    id BLOB NOT NULL,
    kind TEXT NOT NULL,
    -- Who acted, if by name; or the number of the label under which somebody did.
    actor_id BLOB REFERENCES users (id),
    actor_number INTEGER CHECK (actor_number >= 0),
    -- Where it leads; for a comment, the post too.
    target_type TEXT,
    target_id BLOB,
    post_id BLOB REFERENCES posts (id),
    created_at INTEGER NOT NULL,
    read_at INTEGER,
    PRIMARY KEY (recipient_id, id),
    CHECK (actor_id IS NULL OR actor_number IS NULL),
    CHECK ((target_type IS NULL) = (target_id IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX notifications_feed ON notifications (recipient_id, created_at DESC, id DESC);
-- With what tells whether a source is in sight: unread ones are counted from the index alone.
CREATE INDEX notifications_unread ON notifications
    (recipient_id, created_at DESC, id DESC, target_type, target_id, post_id, read_at) WHERE read_at IS NULL;
CREATE INDEX notifications_created_at ON notifications (created_at);
CREATE INDEX users_staff ON users (school_id) WHERE is_staff AND deleted_at IS NULL;
