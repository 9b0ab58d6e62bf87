DROP TABLE post_mutes;
DROP TABLE scraps;
DROP TABLE post_likes;
