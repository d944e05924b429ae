-- The processes that run this house together, and what each of them alone may do. A process whose lease is over is gone: whoever
-- notices removes its row, and with it goes what it held. All by the server's clock.
CREATE TABLE process (
    id TEXT PRIMARY KEY,
    started INTEGER NOT NULL,
    lease_until INTEGER NOT NULL,
    version TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX process_lease ON process (lease_until);

CREATE TABLE lease (
    name TEXT PRIMARY KEY,
    owner TEXT REFERENCES process (id) ON DELETE SET NULL,
    epoch INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX lease_owner ON lease (owner);

-- Which process has claimed a row of the outbox; empty: nobody, or the one process of a house that has no more.
ALTER TABLE outbox ADD COLUMN owner TEXT NOT NULL DEFAULT '';

CREATE INDEX outbox_owner ON outbox (owner) WHERE owner <> '';
