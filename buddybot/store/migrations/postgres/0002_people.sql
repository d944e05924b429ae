-- People, offers, rooms and cases. Moments are microseconds since 1970 UTC. BYTEAs are sealed unless named a hash.

CREATE TABLE member (
    id TEXT PRIMARY KEY,
    stage TEXT NOT NULL,
    locale TEXT NOT NULL,
    joined_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    consent TEXT NOT NULL,
    consent_at BIGINT,
    looking_since BIGINT,
    paused_until BIGINT,
    private BYTEA NOT NULL
);
CREATE INDEX member_looking ON member (looking_since) WHERE looking_since IS NOT NULL;

-- Where a member can be reached. person is the keyed hash of the address: it outlives nothing but other people's blocks.
CREATE TABLE route (
    member TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    platform TEXT NOT NULL,
    identity TEXT NOT NULL,
    person BYTEA,
    account BYTEA NOT NULL,
    PRIMARY KEY (member, platform, identity)
);
CREATE UNIQUE INDEX route_person ON route (person) WHERE person IS NOT NULL;

-- A member that is nobody: where a platform has one of our channels.
CREATE TABLE place (
    id TEXT PRIMARY KEY REFERENCES member (id) ON DELETE CASCADE,
    channel TEXT NOT NULL
);
CREATE INDEX place_channel ON place (channel);

-- What keeps two people apart: owner may not be paired with the person of that hash until then (NULL: for good).
CREATE TABLE tie (
    owner TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    other BYTEA NOT NULL,
    kind TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    until BIGINT,
    PRIMARY KEY (owner, other, kind)
);

CREATE TABLE offer (
    id TEXT PRIMARY KEY,
    score DOUBLE PRECISION NOT NULL,
    weights TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    closed BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE asked (
    offer TEXT NOT NULL REFERENCES offer (id) ON DELETE CASCADE,
    member TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    place BIGINT NOT NULL,
    alias BYTEA NOT NULL,
    reasons BYTEA NOT NULL,
    reply TEXT NOT NULL,
    postponed BIGINT NOT NULL,
    PRIMARY KEY (offer, member)
);
CREATE INDEX asked_member ON asked (member);

CREATE TABLE room (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    closed_at BIGINT,
    ending TEXT
);

CREATE TABLE seat (
    room TEXT NOT NULL REFERENCES room (id) ON DELETE CASCADE,
    member TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    place BIGINT NOT NULL,
    alias BYTEA NOT NULL,
    PRIMARY KEY (room, member)
);
CREATE INDEX seat_member ON seat (member);

-- One thing said: never its text. Known for a week, so that replies, edits, reactions and reports find it.
CREATE TABLE note (
    id TEXT PRIMARY KEY,
    room TEXT NOT NULL REFERENCES room (id) ON DELETE CASCADE,
    author TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    said_at BIGINT NOT NULL
);
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
    opened_at BIGINT NOT NULL,
    shared BYTEA
);

-- A note that waits for its author to decide (send it without the contact, or not): sealed text, a day at most.
CREATE TABLE pending (
    id TEXT PRIMARY KEY,
    member TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    room TEXT NOT NULL REFERENCES room (id) ON DELETE CASCADE,
    rule TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    message BYTEA NOT NULL,
    sealed BYTEA NOT NULL
);

-- How fast somebody writes, and coarse keyed fingerprints of their last notes: never text. Dropped after a silent week.
CREATE TABLE flow (
    member TEXT PRIMARY KEY REFERENCES member (id) ON DELETE CASCADE,
    noted_at BIGINT NOT NULL,
    sealed BYTEA NOT NULL
);
