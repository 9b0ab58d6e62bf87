DROP TABLE board_favourites;
DROP TABLE boards;
