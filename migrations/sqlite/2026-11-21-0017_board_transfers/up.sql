-- Offers of boards to other managers, one a board; one that has lapsed stays until the next takes its place (BRD-6).
CREATE TABLE board_transfers (
    board_id BLOB NOT NULL PRIMARY KEY REFERENCES boards (id),
    from_id BLOB NOT NULL REFERENCES users (id),
    to_id BLOB NOT NULL REFERENCES users (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX board_transfers_from ON board_transfers (from_id);
CREATE INDEX board_transfers_to ON board_transfers (to_id);
