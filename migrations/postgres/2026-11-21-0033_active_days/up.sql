-- How many people were there on a day of their school; nobody is named.
CREATE TABLE active_days (
    school_id UUID NOT NULL REFERENCES schools (id),
    day DATE NOT NULL,
    users INT8 NOT NULL CHECK (users >= 0),
    PRIMARY KEY (school_id, day)
);
CREATE INDEX active_days_day ON active_days (day);
CREATE INDEX comments_created_at ON comments (created_at);
