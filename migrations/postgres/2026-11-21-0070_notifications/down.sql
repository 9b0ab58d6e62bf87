DROP INDEX users_staff;
DROP TABLE notifications;
