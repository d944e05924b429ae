-- The thread of a case where the team is: a keyed hash of what was last declared there, how urgent it was then, how often it was lost.
CREATE TABLE case_thread (
    case_id TEXT NOT NULL REFERENCES case_file (id) ON DELETE CASCADE,
    place TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    declared BYTEA NOT NULL,
    priority TEXT NOT NULL,
    lost BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (case_id, place)
);

CREATE INDEX case_thread_place ON case_thread (place);

-- The outbox takes threads as well. SQLite can't change a check in place, so the rows move to a table that knows them.
CREATE TABLE outbox_with_threads (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    recipient TEXT NOT NULL,
    place BIGINT NOT NULL,
    platform TEXT NOT NULL,
    identity TEXT NOT NULL,
    rank BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('send', 'edit', 'retract', 'react', 'mark', 'thread', 'restrict', 'admit', 'tune')),
    note TEXT,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'claimed', 'unknown', 'parked')),
    held BIGINT NOT NULL CHECK (held IN (0, 1)),
    attempts BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    sealed BYTEA NOT NULL,
    key TEXT NOT NULL DEFAULT '',
    parts BIGINT NOT NULL DEFAULT 0,
    shown BYTEA,
    short BIGINT NOT NULL DEFAULT 0,
    spares BIGINT NOT NULL DEFAULT 0,
    UNIQUE (recipient, place)
);

INSERT INTO outbox_with_threads (recipient, place, platform, identity, rank, kind, note, state, held, attempts, created_at, due_at, sealed, key,
    parts, shown, short, spares)
SELECT recipient, place, platform, identity, rank, kind, note, state, held, attempts, created_at, due_at, sealed, key,
    parts, shown, short, spares
FROM outbox ORDER BY id;

DROP TABLE outbox;
ALTER TABLE outbox_with_threads RENAME TO outbox;
-- By its name the numbers go on where they were, in another database too.
ALTER SEQUENCE outbox_with_threads_id_seq RENAME TO outbox_id_seq;
-- By this name a clash of two writers is known, and tried again.
ALTER TABLE outbox RENAME CONSTRAINT outbox_with_threads_recipient_place_key TO outbox_recipient_place_key;

CREATE INDEX outbox_due ON outbox (due_at);
CREATE INDEX outbox_created ON outbox (created_at);
CREATE INDEX outbox_short ON outbox (created_at) WHERE short = 1;
