-- Circles. Moments are microseconds since 1970 UTC. BLOBs are sealed.

ALTER TABLE seat ADD COLUMN left_at INTEGER;

-- Who would like a circle, whether or not they look for one buddy.
CREATE TABLE circle_wish (
    member TEXT PRIMARY KEY REFERENCES member (id) ON DELETE CASCADE,
    since INTEGER NOT NULL
) STRICT;

-- People asked whether they want a circle; room: the one that has a seat free.
CREATE TABLE gathering (
    id TEXT PRIMARY KEY,
    room TEXT REFERENCES room (id) ON DELETE CASCADE,
    made_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    closed INTEGER NOT NULL
) STRICT;

CREATE TABLE invited (
    gathering TEXT NOT NULL REFERENCES gathering (id) ON DELETE CASCADE,
    member TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    alias BLOB NOT NULL,
    reply TEXT NOT NULL,
    PRIMARY KEY (gathering, member)
) STRICT;
CREATE INDEX invited_member ON invited (member);
