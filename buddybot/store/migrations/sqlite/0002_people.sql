-- People, offers, rooms and cases. Moments are microseconds since 1970 UTC. BLOBs are sealed unless named a hash.

CREATE TABLE member (
    id TEXT PRIMARY KEY,
    stage TEXT NOT NULL,
    locale TEXT NOT NULL,
    joined_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    consent TEXT NOT NULL,
    consent_at INTEGER,
    looking_since INTEGER,
    paused_until INTEGER,
    private BLOB NOT NULL
) STRICT;
CREATE INDEX member_looking ON member (looking_since) WHERE looking_since IS NOT NULL;

-- Where a member can be reached. person is the keyed hash of the address: it outlives nothing but other people's blocks.
CREATE TABLE route (
    member TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    platform TEXT NOT NULL,
    identity TEXT NOT NULL,
    person BLOB,
    account BLOB NOT NULL,
    PRIMARY KEY (member, platform, identity)
) STRICT;
CREATE UNIQUE INDEX route_person ON route (person) WHERE person IS NOT NULL;

-- A member that is nobody: where a platform has one of our channels.
CREATE TABLE place (
    id TEXT PRIMARY KEY REFERENCES member (id) ON DELETE CASCADE,
    channel TEXT NOT NULL
) STRICT;
CREATE INDEX place_channel ON place (channel);

-- What keeps two people apart: owner may not be paired with the person of that hash until then (NULL: for good).
CREATE TABLE tie (
    owner TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    other BLOB NOT NULL,
    kind TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    until INTEGER,
    PRIMARY KEY (owner, other, kind)
) STRICT;

CREATE TABLE offer (
    id TEXT PRIMARY KEY,
    score REAL NOT NULL,
    weights TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    closed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE asked (
    offer TEXT NOT NULL REFERENCES offer (id) ON DELETE CASCADE,
    member TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    alias BLOB NOT NULL,
    reasons BLOB NOT NULL,
    reply TEXT NOT NULL,
    postponed INTEGER NOT NULL,
    PRIMARY KEY (offer, member)
) STRICT;
CREATE INDEX asked_member ON asked (member);

CREATE TABLE room (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    closed_at INTEGER,
    ending TEXT
) STRICT;

CREATE TABLE seat (
    room TEXT NOT NULL REFERENCES room (id) ON DELETE CASCADE,
    member TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    alias BLOB NOT NULL,
    PRIMARY KEY (room, member)
) STRICT;
CREATE INDEX seat_member ON seat (member);

-- One thing said: never its text. Known for a week, so that replies, edits, reactions and reports find it.
CREATE TABLE note (
    id TEXT PRIMARY KEY,
    room TEXT NOT NULL REFERENCES room (id) ON DELETE CASCADE,
    author TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    said_at INTEGER NOT NULL
) STRICT;
CREATE INDEX note_said ON note (said_at);

-- The case survives without identity when a member is erased. shared is sealed under the case's own key.
CREATE TABLE case_file (
    id TEXT PRIMARY KEY,
    concern TEXT NOT NULL,
    rule TEXT NOT NULL,
    priority TEXT NOT NULL,
    room TEXT,
    reporter TEXT REFERENCES member (id) ON DELETE SET NULL,
    about TEXT REFERENCES member (id) ON DELETE SET NULL,
    opened_at INTEGER NOT NULL,
    shared BLOB
) STRICT;

-- A note that waits for its author to decide (send it without the contact, or not): sealed text, a day at most.
CREATE TABLE pending (
    id TEXT PRIMARY KEY,
    member TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    room TEXT NOT NULL REFERENCES room (id) ON DELETE CASCADE,
    rule TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    message BLOB NOT NULL,
    sealed BLOB NOT NULL
) STRICT;

-- How fast somebody writes, and coarse keyed fingerprints of their last notes: never text. Dropped after a silent week.
CREATE TABLE flow (
    member TEXT PRIMARY KEY REFERENCES member (id) ON DELETE CASCADE,
    noted_at INTEGER NOT NULL,
    sealed BLOB NOT NULL
) STRICT;
