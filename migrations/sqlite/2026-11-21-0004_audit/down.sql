DROP TABLE moderation_log;
DROP TABLE audit_log;
