-- The text columns that end in _fold are written by the application, which folds alike for both databases.
CREATE TABLE posts (
    id UUID NOT NULL PRIMARY KEY,
    school_id UUID NOT NULL REFERENCES schools (id),
    board_id UUID NOT NULL REFERENCES boards (id),
    -- Null for an anonymous post, whose author stands in anonymous_identities alone.
    author_id UUID REFERENCES users (id),
    is_anonymous BOOLEAN NOT NULL,
    is_question BOOLEAN NOT NULL,
    comments_locked BOOLEAN NOT NULL DEFAULT FALSE,
    title TEXT,
    title_fold TEXT,
    contents TEXT NOT NULL,
    contents_fold TEXT NOT NULL,
    -- Folded tags, each between two spaces: ' tag1 tag2 '. Empty without tags.
    hashtags TEXT NOT NULL DEFAULT '',
    hidden_reason TEXT,
    like_count INT8 NOT NULL DEFAULT 0 CHECK (like_count >= 0),
    comment_count INT8 NOT NULL DEFAULT 0 CHECK (comment_count >= 0),
    scrap_count INT8 NOT NULL DEFAULT 0 CHECK (scrap_count >= 0),
    view_count INT8 NOT NULL DEFAULT 0 CHECK (view_count >= 0),
    answered_at TIMESTAMPTZ,
    hot_at TIMESTAMPTZ,
    best_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    -- Two marks, each undone by its own side alone: the author's and the staff's.
    deleted_at TIMESTAMPTZ,
    removed_at TIMESTAMPTZ,
    CHECK (is_anonymous = (author_id IS NULL))
);
CREATE INDEX posts_board_feed ON posts (board_id, created_at DESC, id DESC)
    WHERE deleted_at IS NULL AND removed_at IS NULL;
CREATE INDEX posts_school_feed ON posts (school_id, created_at DESC, id DESC)
    WHERE deleted_at IS NULL AND removed_at IS NULL;
CREATE INDEX posts_feed ON posts (created_at DESC, id DESC)
    WHERE deleted_at IS NULL AND removed_at IS NULL;
CREATE INDEX posts_author_feed ON posts (author_id, created_at DESC, id DESC)
    WHERE deleted_at IS NULL AND removed_at IS NULL;

-- Who stands behind a label. Number 0 is the author of an anonymous post. One module alone reads this table.
CREATE TABLE anonymous_identities (
    post_id UUID NOT NULL REFERENCES posts (id),
    number INT4 NOT NULL CHECK (number >= 0),
    user_id UUID NOT NULL REFERENCES users (id),
    PRIMARY KEY (post_id, number)
);
CREATE UNIQUE INDEX anonymous_identities_person ON anonymous_identities (post_id, user_id);
CREATE INDEX anonymous_identities_user ON anonymous_identities (user_id, post_id);

-- When a user last posted in a board, or in the promotion boards of a school: scope_id is the board's or the school's.
CREATE TABLE posting_marks (
    user_id UUID NOT NULL REFERENCES users (id),
    scope_id UUID NOT NULL,
    posted_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (user_id, scope_id)
);

-- SHA-256 of a user's latest text in a school.
CREATE TABLE posting_digests (
    user_id UUID NOT NULL REFERENCES users (id),
    school_id UUID NOT NULL REFERENCES schools (id),
    digest BYTEA NOT NULL,
    PRIMARY KEY (user_id, school_id)
);
