DELETE FROM one_time_links WHERE purpose = 'appeal';
ALTER TABLE one_time_links DROP CONSTRAINT one_time_links_purpose_check;
ALTER TABLE one_time_links ADD CONSTRAINT one_time_links_purpose_check
    CHECK (purpose IN ('verify_email', 'change_email', 'reset_password'));

DROP INDEX reports_created_at;
DROP INDEX messages_created_at;
DROP INDEX sanctions_all;
DROP INDEX sanctions_board;
DROP INDEX sanctions_school;
DROP TABLE appeals;
