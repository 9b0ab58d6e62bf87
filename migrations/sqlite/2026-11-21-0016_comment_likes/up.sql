-- Who likes a comment. Counted in comments.like_count; never listed (LIKE-3).
CREATE TABLE comment_likes (
    comment_id BLOB NOT NULL REFERENCES comments (id),
    user_id BLOB NOT NULL REFERENCES users (id),
    created_at INTEGER NOT NULL,
    PRIMARY KEY (comment_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX comment_likes_user ON comment_likes (user_id);
