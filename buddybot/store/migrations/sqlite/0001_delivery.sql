-- What comes in, what goes out, what happens later. Moments are microseconds since 1970, UTC.

-- Which key file this database belongs to.
CREATE TABLE keyring (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    name TEXT NOT NULL
) STRICT;

-- Events seen, by keyed hash.
CREATE TABLE inbox (
    event BLOB PRIMARY KEY,
    seen_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX inbox_seen ON inbox (seen_at);

-- How far back-fills have come: key by keyed hash, place sealed.
CREATE TABLE cursor (
    key BLOB PRIMARY KEY,
    place BLOB NOT NULL,
    moved_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What people are to be shown. id never comes back: platforms know it as the key against doubles.
-- place orders one recipient's queue. held rows wait for their hour without holding up what comes after them.
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    recipient TEXT NOT NULL,
    place INTEGER NOT NULL,
    platform TEXT NOT NULL,
    identity TEXT NOT NULL,
    rank INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('send', 'edit', 'retract', 'react', 'mark', 'restrict', 'admit', 'tune')),
    note TEXT,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'claimed', 'unknown', 'parked')),
    held INTEGER NOT NULL CHECK (held IN (0, 1)),
    attempts INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    UNIQUE (recipient, place)
) STRICT;

CREATE INDEX outbox_due ON outbox (due_at);

-- Which platform message is which note: message by keyed hash, and sealed.
CREATE TABLE receipt (
    member TEXT NOT NULL,
    message BLOB NOT NULL,
    note TEXT NOT NULL,
    part TEXT NOT NULL CHECK (part IN ('author', 'copy')),
    sealed BLOB NOT NULL,
    made_at INTEGER NOT NULL,
    PRIMARY KEY (member, message)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX receipt_note ON receipt (note, member);
CREATE INDEX receipt_made ON receipt (made_at);

-- What is to happen later.
CREATE TABLE timer (
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    member TEXT,
    payload TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    PRIMARY KEY (kind, subject)
) STRICT, WITHOUT ROWID;

CREATE INDEX timer_due ON timer (due_at);
CREATE INDEX timer_member ON timer (member);
