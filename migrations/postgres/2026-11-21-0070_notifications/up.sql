-- What people are told. A row ties its recipient to an item that the recipient may have written anonymously, so it is read
-- by one module, for the recipient alone. The id is the event's: all who are told of it have the same, each at most once.
CREATE TABLE notifications (
    recipient_id UUID NOT NULL REFERENCES users (id),
    id UUID NOT NULL,
    kind TEXT NOT NULL,
    -- Who acted, if by name; or the number of the label under which somebody did.
    actor_id UUID REFERENCES users (id),
    actor_number INT4 CHECK (actor_number >= 0),
    -- Where it leads; for a comment, the post too.
    target_type TEXT,
    target_id UUID,
    post_id UUID REFERENCES posts (id),
    created_at TIMESTAMPTZ NOT NULL,
    read_at TIMESTAMPTZ,
    PRIMARY KEY (recipient_id, id),
    CHECK (actor_id IS NULL OR actor_number IS NULL),
    CHECK ((target_type IS NULL) = (target_id IS NULL))
);
CREATE INDEX notifications_feed ON notifications (recipient_id, created_at DESC, id DESC);
-- With what tells whether a source is in sight: unread ones are counted from the index alone.
CREATE INDEX notifications_unread ON notifications
    (recipient_id, created_at DESC, id DESC, target_type, target_id, post_id, read_at) WHERE read_at IS NULL;
CREATE INDEX notifications_created_at ON notifications (created_at);
CREATE INDEX users_staff ON users (school_id) WHERE is_staff AND deleted_at IS NULL;
