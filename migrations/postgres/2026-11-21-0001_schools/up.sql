-- Schools. The name is unique among the live ones after trimming and folding (SCH-1).
CREATE TABLE schools (
    id UUID NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    -- Ordered by code point, as SQLite does.
    name_fold TEXT COLLATE "C" NOT NULL,
    name_key TEXT NOT NULL,
    domains_only BOOLEAN NOT NULL,
    is_open BOOLEAN NOT NULL,
    time_zone TEXT NOT NULL,
    member_count INT8 NOT NULL DEFAULT 0 CHECK (member_count >= 0),
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    deleted_at TIMESTAMPTZ
);

CREATE UNIQUE INDEX schools_name_key ON schools (name_key) WHERE deleted_at IS NULL;
CREATE INDEX schools_name ON schools (name_fold, id) WHERE deleted_at IS NULL;
CREATE INDEX schools_created ON schools (created_at, id) WHERE deleted_at IS NULL;

-- The mail domains that prove enrolment, each of one school; a deleted school has none.
CREATE TABLE school_domains (
    domain TEXT NOT NULL PRIMARY KEY,
    school_id UUID NOT NULL REFERENCES schools (id),
    position INT4 NOT NULL
);

CREATE UNIQUE INDEX school_domains_school ON school_domains (school_id, position);

CREATE TABLE terms (
    school_id UUID NOT NULL REFERENCES schools (id),
    year INT4 NOT NULL,
    semester TEXT NOT NULL CHECK (semester IN ('1', 'summer', '2', 'winter')),
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    PRIMARY KEY (school_id, year, semester),
    CHECK (starts_on < ends_on)
);

CREATE UNIQUE INDEX terms_start ON terms (school_id, starts_on);

CREATE TABLE term_holidays (
    school_id UUID NOT NULL,
    year INT4 NOT NULL,
    semester TEXT NOT NULL,
    date DATE NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (school_id, year, semester, date),
    FOREIGN KEY (school_id, year, semester) REFERENCES terms (school_id, year, semester) ON DELETE CASCADE
);
