DROP TABLE login_buckets;
DROP TABLE one_time_links;
DROP TABLE users;
