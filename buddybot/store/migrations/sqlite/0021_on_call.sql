-- People on call. Moments are microseconds since 1970 UTC. BLOBs are sealed.

CREATE TABLE on_call (
    member TEXT PRIMARY KEY REFERENCES member (id) ON DELETE CASCADE,
    first_hour INTEGER NOT NULL,
    last_hour INTEGER NOT NULL,
    off_until INTEGER,
    asked_at INTEGER
) STRICT;

-- Somebody who wants to talk now.
CREATE TABLE call (
    id TEXT PRIMARY KEY,
    member TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX call_member ON call (member);

CREATE TABLE called (
    call TEXT NOT NULL REFERENCES call (id) ON DELETE CASCADE,
    member TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    PRIMARY KEY (call, member)
) STRICT;
