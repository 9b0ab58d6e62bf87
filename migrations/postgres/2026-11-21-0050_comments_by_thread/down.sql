ALTER TABLE posts RESET (fillfactor);
ALTER TABLE comments RESET (fillfactor);
