-- PostgreSQL orders no table by a key. Room is left on each page for the next version of a row whose counter changes, so that it
-- stays where it is and no index is written.
ALTER TABLE comments SET (fillfactor = 90);
ALTER TABLE posts SET (fillfactor = 90);
