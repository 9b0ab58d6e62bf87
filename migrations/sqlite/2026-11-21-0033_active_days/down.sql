DROP INDEX comments_created_at;
DROP TABLE active_days;
