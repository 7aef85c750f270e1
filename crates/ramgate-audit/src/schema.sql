-- The audit log, format 1. Positions (`seq`) count through `call`, `ending` and `retention` together, without gaps.

CREATE TABLE origin (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    genesis BLOB NOT NULL,          -- random; the first record's predecessor in the hash chain
    created INTEGER NOT NULL        -- milliseconds since the Unix epoch
) STRICT;

CREATE TABLE call (
    seq INTEGER PRIMARY KEY,
    time INTEGER NOT NULL,
    request_id TEXT NOT NULL,
    caller INTEGER NOT NULL,
    operation INTEGER NOT NULL,
    source_ip TEXT,
    user_agent TEXT,
    secure INTEGER NOT NULL,
    mutation INTEGER NOT NULL,
    resources TEXT NOT NULL,
    decision INTEGER NOT NULL,
    decided_by TEXT,
    layer TEXT,
    parameters TEXT NOT NULL,
    status INTEGER,                 -- status to revision: only of calls recorded after they had ended
    code TEXT,
    message TEXT,
    duration_us INTEGER,
    revision INTEGER,
    hash BLOB NOT NULL
) STRICT;
CREATE INDEX call_by_time ON call (time);
CREATE INDEX call_by_request ON call (request_id);
CREATE INDEX call_by_caller ON call (caller, time);
CREATE INDEX call_by_operation ON call (operation, time);
CREATE INDEX call_refused ON call (time) WHERE decision <> 0;
CREATE INDEX call_mutating ON call (time) WHERE mutation <> 0;
CREATE INDEX call_failed ON call (time) WHERE status >= 400;

-- Outcomes of the calls that were recorded before they acted.
CREATE TABLE ending (
    seq INTEGER PRIMARY KEY,
    call INTEGER NOT NULL UNIQUE,
    call_time INTEGER NOT NULL,
    status INTEGER NOT NULL,
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    duration_us INTEGER NOT NULL,
    revision INTEGER,
    hash BLOB NOT NULL
) STRICT;
CREATE INDEX ending_failed ON ending (call_time, call) WHERE status >= 400;

-- What has been released for removal: records up to `upto`, whose hash the chain goes on from.
CREATE TABLE retention (
    seq INTEGER PRIMARY KEY,
    time INTEGER NOT NULL,
    before INTEGER NOT NULL,
    upto INTEGER NOT NULL,
    upto_hash BLOB NOT NULL,
    hash BLOB NOT NULL
) STRICT;

-- Written once, referred to by number.
CREATE TABLE caller (
    id INTEGER PRIMARY KEY,
    account_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    principal_id TEXT NOT NULL,
    name TEXT NOT NULL,
    arn TEXT NOT NULL,
    access_key_id TEXT NOT NULL,
    UNIQUE (arn, access_key_id, principal_id, name, kind, account_id)
) STRICT;
CREATE INDEX caller_by_name ON caller (name);
CREATE INDEX caller_by_principal_id ON caller (principal_id);
CREATE INDEX caller_by_access_key_id ON caller (access_key_id);

CREATE TABLE operation (
    id INTEGER PRIMARY KEY,
    product TEXT NOT NULL,
    operation TEXT NOT NULL,
    action TEXT NOT NULL,
    access_level TEXT NOT NULL,
    UNIQUE (action, operation, product, access_level)
) STRICT;

CREATE TABLE resource (
    id INTEGER PRIMARY KEY,
    arn TEXT NOT NULL UNIQUE
) STRICT;

-- Which calls name a resource: an index over the names in `call.resources`.
CREATE TABLE touch (
    resource INTEGER NOT NULL,
    time INTEGER NOT NULL,
    call INTEGER NOT NULL,
    PRIMARY KEY (resource, time, call)
) STRICT, WITHOUT ROWID;

-- Records are appended, never changed, and removed only once a record of the removal is in the chain.
CREATE TRIGGER call_appends BEFORE INSERT ON call WHEN new.seq <= (SELECT max(seq) FROM call)
BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER call_stays BEFORE UPDATE ON call
BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER call_is_kept BEFORE DELETE ON call
WHEN old.seq > coalesce((SELECT upto FROM retention ORDER BY seq DESC LIMIT 1), 0)
BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;

CREATE TRIGGER ending_appends BEFORE INSERT ON ending WHEN new.seq <= (SELECT max(seq) FROM ending)
BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER ending_stays BEFORE UPDATE ON ending
BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER ending_is_kept BEFORE DELETE ON ending
WHEN old.seq > coalesce((SELECT upto FROM retention ORDER BY seq DESC LIMIT 1), 0)
BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;

CREATE TRIGGER retention_appends BEFORE INSERT ON retention WHEN new.seq <= (SELECT max(seq) FROM retention)
BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER retention_stays BEFORE UPDATE ON retention
BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER retention_is_kept BEFORE DELETE ON retention
WHEN old.seq > coalesce((SELECT upto FROM retention ORDER BY seq DESC LIMIT 1), 0)
BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;

CREATE TRIGGER caller_stays BEFORE UPDATE ON caller
BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER caller_is_kept BEFORE DELETE ON caller WHEN EXISTS (SELECT 1 FROM call WHERE caller = old.id)
BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER operation_stays BEFORE UPDATE ON operation
BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER operation_is_kept BEFORE DELETE ON operation WHEN EXISTS (SELECT 1 FROM call WHERE operation = old.id)
BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER resource_stays BEFORE UPDATE ON resource
BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER resource_is_kept BEFORE DELETE ON resource WHEN EXISTS (SELECT 1 FROM touch WHERE resource = old.id)
BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER touch_stays BEFORE UPDATE ON touch
BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER touch_is_kept BEFORE DELETE ON touch
WHEN old.call > coalesce((SELECT upto FROM retention ORDER BY seq DESC LIMIT 1), 0)
BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;

-- The one row is written by the same transaction, before these.
CREATE TRIGGER origin_stays BEFORE UPDATE ON origin
BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER origin_is_kept BEFORE DELETE ON origin
BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER origin_is_one BEFORE INSERT ON origin WHEN EXISTS (SELECT 1 FROM origin)
BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;
