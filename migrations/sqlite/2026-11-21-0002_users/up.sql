-- The columns that end in _key are written by the application, which folds alike for both databases.
CREATE TABLE users (
    id BLOB NOT NULL PRIMARY KEY,
    school_id BLOB NOT NULL REFERENCES schools (id),
    username TEXT NOT NULL,
    username_key TEXT NOT NULL,
    nickname TEXT NOT NULL,
    nickname_key TEXT NOT NULL,
    -- Null until the first change: the choice at sign-up is none.
    nickname_changed_at INTEGER,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL,
    email_verified_at INTEGER,
    pending_email TEXT,
    password_hash TEXT NOT NULL,
    -- 0: imported, not peppered; else the version of the pepper.
    hash_ver INTEGER NOT NULL,
    is_staff INTEGER NOT NULL CHECK (is_staff IN (0, 1)),
    is_superuser INTEGER NOT NULL CHECK (is_superuser IN (0, 1)),
    state TEXT NOT NULL CHECK (state IN ('active', 'restricted', 'banned', 'withdrawn')),
    state_until INTEGER,
    enrolment_verified_at INTEGER,
    -- Keyed hash of the address that proved the enrolment.
    enrolment_hmac BLOB,
    -- Raised at each change of password, address or state; links of an older epoch are dead.
    epoch INTEGER NOT NULL,
    admission_year INTEGER NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('ko', 'en')),
    accept_messages INTEGER NOT NULL CHECK (accept_messages IN (0, 1)),
    accept_anonymous_messages INTEGER NOT NULL CHECK (accept_anonymous_messages IN (0, 1)),
    accept_friend_requests INTEGER NOT NULL CHECK (accept_friend_requests IN (0, 1)),
    share_free_time INTEGER NOT NULL CHECK (share_free_time IN (0, 1)),
    -- The kinds of notices that are switched off, separated by commas.
    notify_off TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    deleted_by BLOB,
    purge_at INTEGER,
    CHECK (is_staff >= is_superuser),
    CHECK ((state = 'withdrawn') = (deleted_at IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX users_username ON users (username_key);
CREATE UNIQUE INDEX users_nickname ON users (nickname_key);
-- An address is unique among those who have proven it, and stays so until a withdrawn holder is purged.
CREATE UNIQUE INDEX users_proven_email ON users (email_key)
    WHERE email_verified_at IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX users_email ON users (email_key);
CREATE UNIQUE INDEX users_enrolment ON users (enrolment_hmac) WHERE deleted_at IS NULL;
CREATE INDEX users_created_at ON users (created_at DESC, id DESC);
CREATE INDEX users_school ON users (school_id, created_at DESC, id DESC);
CREATE INDEX users_admins ON users (id) WHERE is_superuser AND deleted_at IS NULL;
CREATE INDEX users_imported ON users (id) WHERE hash_ver = 0;
CREATE INDEX users_purge_at ON users (purge_at) WHERE purge_at IS NOT NULL;

CREATE TABLE one_time_links (
    secret_sha256 BLOB NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL CHECK (purpose IN ('verify_email', 'change_email', 'reset_password')),
    user_id BLOB NOT NULL REFERENCES users (id),
    user_epoch INTEGER NOT NULL,
    email TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT;
CREATE UNIQUE INDEX one_time_links_newest ON one_time_links (user_id, purpose);
CREATE INDEX one_time_links_expires_at ON one_time_links (expires_at);

-- Failed logins, by a keyed hash of who was tried from where.
CREATE TABLE login_buckets (
    key_hmac BLOB NOT NULL PRIMARY KEY,
    failures INTEGER NOT NULL CHECK (failures >= 0),
    window_start INTEGER NOT NULL,
    wait_until INTEGER
) STRICT;
CREATE INDEX login_buckets_window ON login_buckets (window_start);
