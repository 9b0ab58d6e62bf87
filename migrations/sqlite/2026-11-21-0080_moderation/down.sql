DROP INDEX comments_removed;
DROP INDEX posts_removed;
DROP TABLE sanctions;
DROP TABLE reports;
DROP TABLE moderation_cases;
