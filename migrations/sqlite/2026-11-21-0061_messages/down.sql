DROP INDEX blocks_blocked;
DROP INDEX blocks_thread;
DELETE FROM blocks WHERE thread_id IS NOT NULL;
ALTER TABLE blocks DROP COLUMN thread_id;
DROP TABLE messages;
DROP TABLE message_sides;
DROP TABLE message_threads;
