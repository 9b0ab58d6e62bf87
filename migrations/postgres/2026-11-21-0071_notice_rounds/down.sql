DROP INDEX board_favourites_board;
CREATE INDEX board_favourites_board ON board_favourites (board_id);
DROP TABLE notice_rounds;
