-- The text columns that end in _fold are written by the application, which folds alike for both databases.
CREATE TABLE posts (
    id BLOB NOT NULL PRIMARY KEY,
    school_id BLOB NOT NULL REFERENCES schools (id),
    board_id BLOB NOT NULL REFERENCES boards (id),
    -- Null for an anonymous post, whose author stands in anonymous_identities alone.
    author_id BLOB REFERENCES users (id),
    is_anonymous INTEGER NOT NULL CHECK (is_anonymous IN (0, 1)),
    is_question INTEGER NOT NULL CHECK (is_question IN (0, 1)),
    comments_locked INTEGER NOT NULL DEFAULT 0 CHECK (comments_locked IN (0, 1)),
    title TEXT,
    title_fold TEXT,
    contents TEXT NOT NULL,
    contents_fold TEXT NOT NULL,
    -- Folded tags, each between two spaces: ' tag1 tag2 '. Empty without tags.
    hashtags TEXT NOT NULL DEFAULT '',
    hidden_reason TEXT,
    like_count INTEGER NOT NULL DEFAULT 0 CHECK (like_count >= 0),
    comment_count INTEGER NOT NULL DEFAULT 0 CHECK (comment_count >= 0),
    scrap_count INTEGER NOT NULL DEFAULT 0 CHECK (scrap_count >= 0),
    view_count INTEGER NOT NULL DEFAULT 0 CHECK (view_count >= 0),
    answered_at INTEGER,
    hot_at INTEGER,
    best_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    -- Two marks, each undone by its own side alone: the author's and the staff's.
    deleted_at INTEGER,
    removed_at INTEGER,
    CHECK (is_anonymous = (author_id IS NULL))
) STRICT;
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
    post_id BLOB NOT NULL REFERENCES posts (id),
    number INTEGER NOT NULL CHECK (number >= 0),
    user_id BLOB NOT NULL REFERENCES users (id),
    PRIMARY KEY (post_id, number)
) STRICT;
CREATE UNIQUE INDEX anonymous_identities_person ON anonymous_identities (post_id, user_id);
CREATE INDEX anonymous_identities_user ON anonymous_identities (user_id, post_id);

-- When a user last posted in a board, or in the promotion boards of a school: scope_id is the board's or the school's.
CREATE TABLE posting_marks (
    user_id BLOB NOT NULL REFERENCES users (id),
    scope_id BLOB NOT NULL,
    posted_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, scope_id)
) STRICT, WITHOUT ROWID;

-- SHA-256 of a user's latest text in a school.
CREATE TABLE posting_digests (
    user_id BLOB NOT NULL REFERENCES users (id),
    school_id BLOB NOT NULL REFERENCES schools (id),
    digest BLOB NOT NULL,
    PRIMARY KEY (user_id, school_id)
) STRICT, WITHOUT ROWID;
