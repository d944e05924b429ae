-- People on call. Moments are microseconds since 1970 UTC. BLOBs are sealed.

CREATE TABLE on_call (
    member TEXT PRIMARY KEY REFERENCES member (id) ON DELETE CASCADE,
    first_hour BIGINT NOT NULL,
    last_hour BIGINT NOT NULL,
    off_until BIGINT,
    asked_at BIGINT
);

-- Somebody who wants to talk now.
CREATE TABLE call (
    id TEXT PRIMARY KEY,
    member TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    expires_at BIGINT NOT NULL
);
CREATE INDEX call_member ON call (member);

CREATE TABLE called (
    call TEXT NOT NULL REFERENCES call (id) ON DELETE CASCADE,
    member TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    PRIMARY KEY (call, member)
);
