-- Whom somebody does not want to meet: a person by name, or whoever stands behind a label of one thread. A label is never
-- resolved, so that the row tells nothing that its owner does not know.
CREATE TABLE blocks (
    id BLOB NOT NULL PRIMARY KEY,
    blocker_id BLOB NOT NULL REFERENCES users (id),
    -- By what it was asked for: 'user' whenever there is a name.
    target_type TEXT NOT NULL,
    user_id BLOB REFERENCES users (id),
    -- The thread and the number of the label in it; 0 is the author of an anonymous post.
    post_id BLOB REFERENCES posts (id),
    number INTEGER CHECK (number >= 0),
    created_at INTEGER NOT NULL,
    CHECK (user_id IS NULL OR post_id IS NULL),
    CHECK ((post_id IS NULL) = (number IS NULL)),
    CHECK (user_id <> blocker_id)
) STRICT;
CREATE UNIQUE INDEX blocks_user ON blocks (blocker_id, user_id);
CREATE UNIQUE INDEX blocks_label ON blocks (blocker_id, post_id, number);
CREATE INDEX blocks_created_at ON blocks (blocker_id, created_at DESC, id DESC);
