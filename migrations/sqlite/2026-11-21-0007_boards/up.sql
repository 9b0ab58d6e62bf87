-- Boards. The name is unique among the live ones of a school after trimming and folding (BRD-1).
CREATE TABLE boards (
    id BLOB NOT NULL PRIMARY KEY,
    school_id BLOB NOT NULL REFERENCES schools (id),
    name TEXT NOT NULL,
    name_fold TEXT NOT NULL,
    name_key TEXT NOT NULL,
    description TEXT NOT NULL,
    category TEXT NOT NULL CHECK (category IN ('basic', 'department', 'career', 'promotion', 'group')),
    allow_anonymous INTEGER NOT NULL CHECK (allow_anonymous IN (0, 1)),
    anonymous_only INTEGER NOT NULL CHECK (anonymous_only IN (0, 1)),
    allow_questions INTEGER NOT NULL CHECK (allow_questions IN (0, 1)),
    guest_readable INTEGER NOT NULL CHECK (guest_readable IN (0, 1)),
    staff_write_only INTEGER NOT NULL CHECK (staff_write_only IN (0, 1)),
    is_promotion INTEGER NOT NULL CHECK (is_promotion IN (0, 1)),
    hot_eligible INTEGER NOT NULL CHECK (hot_eligible IN (0, 1)),
    searchable INTEGER NOT NULL CHECK (searchable IN (0, 1)),
    title_required INTEGER NOT NULL CHECK (title_required IN (0, 1)),
    comments_editable INTEGER NOT NULL CHECK (comments_editable IN (0, 1)),
    likes_cancellable INTEGER NOT NULL CHECK (likes_cancellable IN (0, 1)),
    manager_id BLOB REFERENCES users (id),
    -- A post of this very board; no foreign key, because posts refer to boards.
    notice_post_id BLOB,
    post_count INTEGER NOT NULL DEFAULT 0 CHECK (post_count >= 0),
    last_post_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    deleted_by BLOB REFERENCES users (id),
    CHECK (allow_anonymous OR NOT anonymous_only)
) STRICT;

CREATE UNIQUE INDEX boards_name_key ON boards (school_id, name_key) WHERE deleted_at IS NULL;
CREATE INDEX boards_name ON boards (school_id, name_fold, id) WHERE deleted_at IS NULL;
CREATE INDEX boards_created ON boards (school_id, created_at, id);
CREATE INDEX boards_manager ON boards (manager_id) WHERE manager_id IS NOT NULL AND deleted_at IS NULL;

CREATE TABLE board_favourites (
    user_id BLOB NOT NULL REFERENCES users (id),
    board_id BLOB NOT NULL REFERENCES boards (id),
    position INTEGER NOT NULL,
    PRIMARY KEY (user_id, board_id)
) STRICT;

CREATE INDEX board_favourites_order ON board_favourites (user_id, position);
CREATE INDEX board_favourites_board ON board_favourites (board_id);
