-- Settings that admins changed while the site ran. A setting that is back at its default keeps its row, because the
-- greatest revision tells every node whether it is up to date.
CREATE TABLE site_settings (
    key TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('default', 'whole', 'fraction', 'truth', 'texts')),
    value TEXT NOT NULL,
    revision INTEGER NOT NULL,
    changed_by BLOB NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX site_settings_revision ON site_settings (revision);
