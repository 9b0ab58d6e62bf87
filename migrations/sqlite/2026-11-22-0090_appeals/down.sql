ALTER TABLE one_time_links RENAME TO one_time_links_new;
DROP INDEX one_time_links_newest;
DROP INDEX one_time_links_expires_at;
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
INSERT INTO one_time_links SELECT * FROM one_time_links_new WHERE purpose <> 'appeal';
DROP TABLE one_time_links_new;
CREATE UNIQUE INDEX one_time_links_newest ON one_time_links (user_id, purpose);
CREATE INDEX one_time_links_expires_at ON one_time_links (expires_at);

DROP INDEX reports_created_at;
DROP INDEX messages_created_at;
DROP INDEX sanctions_all;
DROP INDEX sanctions_board;
DROP INDEX sanctions_school;
DROP TABLE appeals;
