-- SQLite's name for strpos, so that one query serves both databases.
CREATE FUNCTION instr(haystack TEXT, needle TEXT) RETURNS INT4
    LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURNS NULL ON NULL INPUT
    AS 'SELECT strpos(haystack, needle)';
