-- Circles. Moments are microseconds since 1970 UTC. BLOBs are sealed.

ALTER TABLE seat ADD COLUMN left_at BIGINT;

-- Who would like a circle, whether or not they look for one buddy.
CREATE TABLE circle_wish (
    member TEXT PRIMARY KEY REFERENCES member (id) ON DELETE CASCADE,
    since BIGINT NOT NULL
);

-- People asked whether they want a circle; room: the one that has a seat free.
CREATE TABLE gathering (
    id TEXT PRIMARY KEY,
    room TEXT REFERENCES room (id) ON DELETE CASCADE,
    made_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    closed BIGINT NOT NULL
);

CREATE TABLE invited (
    gathering TEXT NOT NULL REFERENCES gathering (id) ON DELETE CASCADE,
    member TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    place BIGINT NOT NULL,
    alias BYTEA NOT NULL,
    reply TEXT NOT NULL,
    PRIMARY KEY (gathering, member)
);
CREATE INDEX invited_member ON invited (member);
