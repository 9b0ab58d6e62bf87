-- How many people were there on a day of their school; nobody is named.
CREATE TABLE active_days (
    school_id BLOB NOT NULL REFERENCES schools (id),
    day TEXT NOT NULL,
    users INTEGER NOT NULL CHECK (users >= 0),
    PRIMARY KEY (school_id, day)
) STRICT;
CREATE INDEX active_days_day ON active_days (day);
CREATE INDEX comments_created_at ON comments (created_at);
