-- Who likes a post. Counted in posts.like_count; never listed (LIKE-3).
CREATE TABLE post_likes (
    post_id UUID NOT NULL REFERENCES posts (id),
    user_id UUID NOT NULL REFERENCES users (id),
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (post_id, user_id)
);
CREATE INDEX post_likes_user ON post_likes (user_id);

-- What somebody keeps. Counted in posts.scrap_count; listed to its owner alone (SCR-2).
CREATE TABLE scraps (
    user_id UUID NOT NULL REFERENCES users (id),
    post_id UUID NOT NULL REFERENCES posts (id),
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (user_id, post_id)
);
CREATE INDEX scraps_feed ON scraps (user_id, created_at DESC, post_id DESC);
CREATE INDEX scraps_post ON scraps (post_id);

-- Of which posts somebody wants no notices (NOT-1).
CREATE TABLE post_mutes (
    user_id UUID NOT NULL REFERENCES users (id),
    post_id UUID NOT NULL REFERENCES posts (id),
    PRIMARY KEY (user_id, post_id)
);
CREATE INDEX post_mutes_post ON post_mutes (post_id);
