DROP INDEX posts_best;
DROP INDEX posts_board_best;
DROP INDEX posts_school_best;
DROP INDEX posts_hot;
DROP INDEX posts_board_hot;
DROP INDEX posts_school_hot;
DROP TABLE post_views;
