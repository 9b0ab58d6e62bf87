DROP TABLE posting_digests;
DROP TABLE posting_marks;
DROP TABLE anonymous_identities;
DROP TABLE posts;
