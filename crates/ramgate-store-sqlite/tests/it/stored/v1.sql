-- A store of schema version 1 after three transactions, the first of which is compacted.
PRAGMA application_id = 1380011335;
PRAGMA user_version = 1;
CREATE TABLE entries (
    id              INTEGER PRIMARY KEY,
    key             TEXT    NOT NULL UNIQUE,
    value           BLOB    NOT NULL,
    create_revision INTEGER NOT NULL,
    mod_revision    INTEGER NOT NULL
) STRICT;
CREATE TABLE changes (
    id              INTEGER PRIMARY KEY,
    revision        INTEGER NOT NULL,
    committed_at_ms INTEGER NOT NULL,
    key             TEXT    NOT NULL,
    create_revision INTEGER,
    value           BLOB
) STRICT;
CREATE INDEX changes_by_revision ON changes (revision);
INSERT INTO entries VALUES (1, 'users/alice', CAST('two' AS BLOB), 1, 3), (2, 'users/bob', x'', 2, 2);
INSERT INTO changes VALUES
    (3, 2, 1700000000000, 'users/bob', 2, x''),
    (4, 2, 1700000000000, 'users/carol', NULL, NULL),
    (5, 3, 1700000000500, 'users/alice', 1, CAST('two' AS BLOB));
