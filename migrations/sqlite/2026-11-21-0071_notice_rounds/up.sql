-- A board's notice of which not everybody who keeps the board at hand has been told yet; gone when all have.
CREATE TABLE notice_rounds (
    board_id BLOB NOT NULL PRIMARY KEY REFERENCES boards (id),
    post_id BLOB NOT NULL REFERENCES posts (id),
    -- Who has put it up.
    by_id BLOB NOT NULL REFERENCES users (id),
    created_at INTEGER NOT NULL,
    -- The last one of those who have been told, in the order of ids.
    after_id BLOB NOT NULL REFERENCES users (id)
) STRICT;
DROP INDEX board_favourites_board;
CREATE INDEX board_favourites_board ON board_favourites (board_id, user_id);
