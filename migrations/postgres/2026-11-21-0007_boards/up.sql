-- Boards. The name is unique among the live ones of a school after trimming and folding (BRD-1).
CREATE TABLE boards (
    id UUID NOT NULL PRIMARY KEY,
    school_id UUID NOT NULL REFERENCES schools (id),
    name TEXT NOT NULL,
    -- Ordered by code point, as SQLite does.
    name_fold TEXT COLLATE "C" NOT NULL,
    name_key TEXT NOT NULL,
    description TEXT NOT NULL,
    category TEXT NOT NULL CHECK (category IN ('basic', 'department', 'career', 'promotion', 'group')),
    allow_anonymous BOOLEAN NOT NULL,
    anonymous_only BOOLEAN NOT NULL,
    allow_questions BOOLEAN NOT NULL,
    guest_readable BOOLEAN NOT NULL,
    staff_write_only BOOLEAN NOT NULL,
    is_promotion BOOLEAN NOT NULL,
    hot_eligible BOOLEAN NOT NULL,
    searchable BOOLEAN NOT NULL,
    title_required BOOLEAN NOT NULL,
    comments_editable BOOLEAN NOT NULL,
    likes_cancellable BOOLEAN NOT NULL,
    manager_id UUID REFERENCES users (id),
    -- A post of this very board; no foreign key, because posts refer to boards.
    notice_post_id UUID,
    post_count INT8 NOT NULL DEFAULT 0 CHECK (post_count >= 0),
    last_post_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    deleted_at TIMESTAMPTZ,
    deleted_by UUID REFERENCES users (id),
    CHECK (allow_anonymous OR NOT anonymous_only)
);

CREATE UNIQUE INDEX boards_name_key ON boards (school_id, name_key) WHERE deleted_at IS NULL;
CREATE INDEX boards_name ON boards (school_id, name_fold, id) WHERE deleted_at IS NULL;
CREATE INDEX boards_created ON boards (school_id, created_at, id);
CREATE INDEX boards_manager ON boards (manager_id) WHERE manager_id IS NOT NULL AND deleted_at IS NULL;

CREATE TABLE board_favourites (
    user_id UUID NOT NULL REFERENCES users (id),
    board_id UUID NOT NULL REFERENCES boards (id),
    position INT4 NOT NULL,
    PRIMARY KEY (user_id, board_id)
);

CREATE INDEX board_favourites_order ON board_favourites (user_id, position);
CREATE INDEX board_favourites_board ON board_favourites (board_id);
