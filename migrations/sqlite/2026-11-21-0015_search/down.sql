DROP TABLE post_grams;
DROP TABLE post_search;
