DROP INDEX moderation_log_all;
