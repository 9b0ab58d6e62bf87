-- What two people write to each other about an item, or about nothing. Who they are stands in message_sides.
CREATE TABLE message_threads (
    id UUID NOT NULL PRIMARY KEY,
    -- 'post', 'comment' or 'user'.
    context_type TEXT NOT NULL,
    post_id UUID REFERENCES posts (id),
    -- No reference, because the row of an erased comment may go.
    comment_id UUID,
    -- The label of the author of an anonymous item, who is met by it alone; null where both sides have names.
    number INT4 CHECK (number >= 0),
    -- How many messages there have been; the number of the last one.
    last_seq INT8 NOT NULL DEFAULT 0 CHECK (last_seq >= 0),
    created_at TIMESTAMPTZ NOT NULL,
    CHECK (number IS NULL OR post_id IS NOT NULL)
);
CREATE INDEX message_threads_post ON message_threads (post_id);

-- The two sides of a thread, each with its own view of it.
CREATE TABLE message_sides (
    thread_id UUID NOT NULL REFERENCES message_threads (id),
    is_opener BOOLEAN NOT NULL,
    -- Null when the user has been erased.
    user_id UUID REFERENCES users (id),
    -- By what it was opened; between two users, the other one, on both sides.
    item_id UUID,
    unread INT8 NOT NULL DEFAULT 0 CHECK (unread >= 0),
    -- Up to which message it is read, and up to which gone with an earlier deletion.
    read_seq INT8 NOT NULL DEFAULT 0,
    cleared_seq INT8 NOT NULL DEFAULT 0,
    deleted_at TIMESTAMPTZ,
    last_message_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (thread_id, is_opener)
);
CREATE UNIQUE INDEX message_sides_item ON message_sides (user_id, item_id);
CREATE INDEX message_sides_feed ON message_sides (user_id, last_message_at DESC, thread_id DESC) WHERE deleted_at IS NULL;
CREATE INDEX message_sides_unread ON message_sides (user_id) WHERE unread > 0;
CREATE INDEX message_sides_deleted_at ON message_sides (deleted_at) WHERE deleted_at IS NOT NULL;

CREATE TABLE messages (
    id UUID NOT NULL PRIMARY KEY,
    thread_id UUID NOT NULL REFERENCES message_threads (id),
    seq INT8 NOT NULL CHECK (seq > 0),
    from_opener BOOLEAN NOT NULL,
    contents TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE UNIQUE INDEX messages_seq ON messages (thread_id, seq);
CREATE INDEX messages_feed ON messages (thread_id, created_at DESC, id DESC);

-- A block of somebody who is met in an anonymous thread alone.
ALTER TABLE blocks ADD COLUMN thread_id UUID;
CREATE UNIQUE INDEX blocks_thread ON blocks (thread_id, blocker_id);
CREATE INDEX blocks_blocked ON blocks (user_id);
