-- SQLite has every function that the queries use.
SELECT 1;
