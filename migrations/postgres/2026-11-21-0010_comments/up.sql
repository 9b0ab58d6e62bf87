CREATE TABLE comments (
    id UUID NOT NULL PRIMARY KEY,
    post_id UUID NOT NULL REFERENCES posts (id),
    -- Null at the top level; replies have no replies.
    parent_id UUID REFERENCES comments (id),
    -- Null for an anonymous comment, whose author stands in anonymous_identities alone, under the number of its label.
    author_id UUID REFERENCES users (id),
    number INT4 CHECK (number >= 0),
    contents TEXT NOT NULL,
    hidden_reason TEXT,
    like_count INT8 NOT NULL DEFAULT 0 CHECK (like_count >= 0),
    reply_count INT8 NOT NULL DEFAULT 0 CHECK (reply_count >= 0),
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    -- Two marks, each undone by its own side alone: the author's and the staff's.
    deleted_at TIMESTAMPTZ,
    removed_at TIMESTAMPTZ,
    CHECK ((author_id IS NULL) = (number IS NOT NULL))
);
CREATE INDEX comments_thread_feed ON comments (post_id, created_at, id) WHERE parent_id IS NULL;
CREATE INDEX comments_reply_feed ON comments (parent_id, created_at, id) WHERE parent_id IS NOT NULL;
CREATE INDEX comments_author_feed ON comments (author_id, created_at DESC, id DESC)
    WHERE deleted_at IS NULL AND removed_at IS NULL;
-- The comments of an anonymous person in a thread, and all of a thread.
CREATE INDEX comments_label ON comments (post_id, number);
