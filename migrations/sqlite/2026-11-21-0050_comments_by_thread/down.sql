-- In the order of writing again.
-- Likes and replies refer to the rows, which are gone for a moment and back before the end.
PRAGMA defer_foreign_keys = ON;
CREATE TEMP TABLE kept AS SELECT * FROM comments;
DROP TABLE comments;
CREATE TABLE comments (
    id BLOB NOT NULL PRIMARY KEY,
    post_id BLOB NOT NULL REFERENCES posts (id),
    -- Null at the top level; replies have no replies.
    parent_id BLOB REFERENCES comments (id),
    -- Null for an anonymous comment, whose author stands in anonymous_identities alone, under the number of its label.
    author_id BLOB REFERENCES users (id),
    number INTEGER CHECK (number >= 0),
    contents TEXT NOT NULL,
    hidden_reason TEXT,
    like_count INTEGER NOT NULL DEFAULT 0 CHECK (like_count >= 0),
    reply_count INTEGER NOT NULL DEFAULT 0 CHECK (reply_count >= 0),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    -- Two marks, each undone by its own side alone: the author's and the staff's.
    deleted_at INTEGER,
    removed_at INTEGER,
    CHECK ((author_id IS NULL) = (number IS NOT NULL))
) STRICT;
-- Before the rows: each is looked up as a parent.
CREATE INDEX comments_reply_feed ON comments (parent_id, created_at, id) WHERE parent_id IS NOT NULL;
INSERT INTO comments SELECT * FROM kept ORDER BY created_at, id;
DROP TABLE kept;
CREATE INDEX comments_thread_feed ON comments (post_id, created_at, id) WHERE parent_id IS NULL;
CREATE INDEX comments_author_feed ON comments (author_id, created_at DESC, id DESC)
    WHERE deleted_at IS NULL AND removed_at IS NULL;
-- The comments of an anonymous person in a thread, and all of a thread.
CREATE INDEX comments_label ON comments (post_id, number);
CREATE INDEX comments_created_at ON comments (created_at);
