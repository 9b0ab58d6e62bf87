-- Schools. The name is unique among the live ones after trimming and folding (SCH-1).
CREATE TABLE schools (
    id BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    name_fold TEXT NOT NULL,
    name_key TEXT NOT NULL,
    domains_only INTEGER NOT NULL CHECK (domains_only IN (0, 1)),
    is_open INTEGER NOT NULL CHECK (is_open IN (0, 1)),
    time_zone TEXT NOT NULL,
    member_count INTEGER NOT NULL DEFAULT 0 CHECK (member_count >= 0),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER
) STRICT;

CREATE UNIQUE INDEX schools_name_key ON schools (name_key) WHERE deleted_at IS NULL;
CREATE INDEX schools_name ON schools (name_fold, id) WHERE deleted_at IS NULL;
CREATE INDEX schools_created ON schools (created_at, id) WHERE deleted_at IS NULL;

-- The mail domains that prove enrolment, each of one school; a deleted school has none.
CREATE TABLE school_domains (
    domain TEXT NOT NULL PRIMARY KEY,
    school_id BLOB NOT NULL REFERENCES schools (id),
    position INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX school_domains_school ON school_domains (school_id, position);

CREATE TABLE terms (
    school_id BLOB NOT NULL REFERENCES schools (id),
    year INTEGER NOT NULL,
    semester TEXT NOT NULL CHECK (semester IN ('1', 'summer', '2', 'winter')),
    starts_on TEXT NOT NULL,
    ends_on TEXT NOT NULL,
    PRIMARY KEY (school_id, year, semester),
    CHECK (starts_on < ends_on)
) STRICT;

CREATE UNIQUE INDEX terms_start ON terms (school_id, starts_on);

CREATE TABLE term_holidays (
    school_id BLOB NOT NULL,
    year INTEGER NOT NULL,
    semester TEXT NOT NULL,
    date TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (school_id, year, semester, date),
    FOREIGN KEY (school_id, year, semester) REFERENCES terms (school_id, year, semester) ON DELETE CASCADE
) STRICT;
