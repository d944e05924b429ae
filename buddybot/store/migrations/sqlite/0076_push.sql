-- Devices that may be called back: where a push service takes a call, sealed under the member's key, and found by keyed hash.
-- called_at is set from the first thing that waits until the member is back; due_at is when the device is tried, if it is to be.
CREATE TABLE push (
    id TEXT PRIMARY KEY,
    member TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    platform TEXT NOT NULL,
    mark BLOB NOT NULL UNIQUE,
    made_at INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    called_at INTEGER,
    due_at INTEGER,
    attempts INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX push_member ON push (member, made_at);
CREATE INDEX push_due ON push (due_at) WHERE due_at IS NOT NULL;
