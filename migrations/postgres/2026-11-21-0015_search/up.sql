-- Which posts are found by search: those that neither their author nor staff took away. search_id grows with the time of
-- writing, so that newest first is the order of the primary key.
CREATE TABLE post_search (
    search_id INT8 NOT NULL PRIMARY KEY,
    post_id UUID NOT NULL UNIQUE REFERENCES posts (id),
    -- Pairs of adjacent characters, as the application makes them; SQLite has a table of its own for them.
    grams TSVECTOR NOT NULL
);
-- Writes go to their place at once, because a pending list would be read by each search.
CREATE INDEX post_search_grams ON post_search USING gin (grams) WITH (fastupdate = off);
-- Pairs are many; the planner must know the common ones to choose between them and the order of time.
ALTER TABLE post_search ALTER COLUMN grams SET STATISTICS 3000;
