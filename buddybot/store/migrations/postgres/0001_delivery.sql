-- What comes in, what goes out, what happens later. Moments are microseconds since 1970, UTC.

-- Which key file this database belongs to.
CREATE TABLE keyring (
    one BIGINT PRIMARY KEY CHECK (one = 1),
    name TEXT NOT NULL
);

-- Events seen, by keyed hash.
CREATE TABLE inbox (
    event BYTEA PRIMARY KEY,
    seen_at BIGINT NOT NULL
);

CREATE INDEX inbox_seen ON inbox (seen_at);

-- How far back-fills have come: key by keyed hash, place sealed.
CREATE TABLE cursor (
    key BYTEA PRIMARY KEY,
    place BYTEA NOT NULL,
    moved_at BIGINT NOT NULL
);

-- What people are to be shown. id never comes back: platforms know it as the key against doubles.
-- place orders one recipient's queue. held rows wait for their hour without holding up what comes after them.
CREATE TABLE outbox (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    recipient TEXT NOT NULL,
    place BIGINT NOT NULL,
    platform TEXT NOT NULL,
    identity TEXT NOT NULL,
    rank BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('send', 'edit', 'retract', 'react', 'mark', 'restrict', 'admit', 'tune')),
    note TEXT,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'claimed', 'unknown', 'parked')),
    held BIGINT NOT NULL CHECK (held IN (0, 1)),
    attempts BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    sealed BYTEA NOT NULL,
    UNIQUE (recipient, place)
);

CREATE INDEX outbox_due ON outbox (due_at);

-- Which platform message is which note: message by keyed hash, and sealed.
CREATE TABLE receipt (
    member TEXT NOT NULL,
    message BYTEA NOT NULL,
    note TEXT NOT NULL,
    part TEXT NOT NULL CHECK (part IN ('author', 'copy')),
    sealed BYTEA NOT NULL,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (member, message)
);

CREATE UNIQUE INDEX receipt_note ON receipt (note, member);
CREATE INDEX receipt_made ON receipt (made_at);

-- What is to happen later.
CREATE TABLE timer (
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    member TEXT,
    payload TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    PRIMARY KEY (kind, subject)
);

CREATE INDEX timer_due ON timer (due_at);
CREATE INDEX timer_member ON timer (member);
