-- One row for each item that its owner deleted and may take back, whatever its kind.
CREATE TABLE trash_items (
    item_id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('post', 'comment', 'timetable', 'lead')),
    owner_id BLOB NOT NULL REFERENCES users (id),
    board_id BLOB REFERENCES boards (id),
    title TEXT,
    excerpt TEXT,
    deleted_at INTEGER NOT NULL
) STRICT;
CREATE INDEX trash_items_owner_feed ON trash_items (owner_id, deleted_at DESC, item_id DESC);
CREATE INDEX trash_items_deleted_at ON trash_items (deleted_at);
