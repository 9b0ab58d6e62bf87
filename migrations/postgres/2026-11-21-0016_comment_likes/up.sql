-- Who likes a comment. Counted in comments.like_count; never listed (LIKE-3).
CREATE TABLE comment_likes (
    comment_id UUID NOT NULL REFERENCES comments (id),
    user_id UUID NOT NULL REFERENCES users (id),
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (comment_id, user_id)
);
CREATE INDEX comment_likes_user ON comment_likes (user_id);
