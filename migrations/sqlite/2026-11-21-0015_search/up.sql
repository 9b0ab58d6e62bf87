-- Which posts are found by search: those that neither their author nor staff took away. search_id grows with the time of
-- writing, so that newest first is the order of the index; it is declared because VACUUM renumbers what is not.
CREATE TABLE post_search (
    search_id INTEGER NOT NULL PRIMARY KEY,
    post_id BLOB NOT NULL UNIQUE REFERENCES posts (id)
) STRICT;

-- For each search_id the pairs of adjacent characters, as the application makes them. It keeps no text of its own.
CREATE VIRTUAL TABLE post_grams USING fts5(
    grams, content='', contentless_delete=1, detail='none', tokenize='ascii'
);
