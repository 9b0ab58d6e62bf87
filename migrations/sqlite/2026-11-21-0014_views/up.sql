-- Who has read what, as digests of post and reader: enough to count nobody twice, too little to list what somebody reads.
-- Counted in posts.view_count. No foreign key, because readings are written late and the post may be erased by then.
CREATE TABLE post_views (
    post_id BLOB NOT NULL,
    reader BLOB NOT NULL,
    PRIMARY KEY (post_id, reader)
) STRICT, WITHOUT ROWID;

CREATE INDEX posts_school_hot ON posts (school_id, hot_at DESC, id DESC)
    WHERE hot_at IS NOT NULL AND deleted_at IS NULL AND removed_at IS NULL;
CREATE INDEX posts_board_hot ON posts (board_id, hot_at DESC, id DESC)
    WHERE hot_at IS NOT NULL AND deleted_at IS NULL AND removed_at IS NULL;
CREATE INDEX posts_hot ON posts (hot_at DESC, id DESC)
    WHERE hot_at IS NOT NULL AND deleted_at IS NULL AND removed_at IS NULL;
CREATE INDEX posts_school_best ON posts (school_id, best_at DESC, id DESC)
    WHERE best_at IS NOT NULL AND deleted_at IS NULL AND removed_at IS NULL;
CREATE INDEX posts_board_best ON posts (board_id, best_at DESC, id DESC)
    WHERE best_at IS NOT NULL AND deleted_at IS NULL AND removed_at IS NULL;
CREATE INDEX posts_best ON posts (best_at DESC, id DESC)
    WHERE best_at IS NOT NULL AND deleted_at IS NULL AND removed_at IS NULL;
