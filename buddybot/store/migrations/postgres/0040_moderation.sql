-- What moderators do. Moments are microseconds since 1970 UTC. BYTEA is sealed unless named a hash.

ALTER TABLE case_file ADD COLUMN alias TEXT NOT NULL DEFAULT '';
ALTER TABLE case_file ADD COLUMN state TEXT NOT NULL DEFAULT 'open';
ALTER TABLE case_file ADD COLUMN claimed_by TEXT REFERENCES member (id) ON DELETE SET NULL;
ALTER TABLE case_file ADD COLUMN closed_at BIGINT;
ALTER TABLE case_file ADD COLUMN appealed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE case_file ADD COLUMN verified INTEGER NOT NULL DEFAULT 0;
CREATE INDEX case_open ON case_file (priority, opened_at) WHERE state <> 'closed';
CREATE INDEX case_about ON case_file (about);
CREATE INDEX case_alias ON case_file (alias);

-- The record of a case: only ever added to. sealed is a note, under the key of the case's notes.
CREATE TABLE case_line (
    case_id TEXT NOT NULL REFERENCES case_file (id) ON DELETE CASCADE,
    number BIGINT NOT NULL,
    kind TEXT NOT NULL,
    at BIGINT NOT NULL,
    author TEXT REFERENCES member (id) ON DELETE SET NULL,
    role TEXT NOT NULL,
    sealed BYTEA,
    PRIMARY KEY (case_id, number)
);

-- Who reported it. A text shared with it is sealed under the case's key; verified: its tag fits.
CREATE TABLE report (
    case_id TEXT NOT NULL REFERENCES case_file (id) ON DELETE CASCADE,
    number BIGINT NOT NULL,
    reporter TEXT REFERENCES member (id) ON DELETE SET NULL,
    concern TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    verified INTEGER NOT NULL,
    sealed BYTEA,
    PRIMARY KEY (case_id, number)
);
CREATE INDEX report_reporter ON report (reporter);

CREATE TABLE recusal (
    case_id TEXT NOT NULL REFERENCES case_file (id) ON DELETE CASCADE,
    member TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    PRIMARY KEY (case_id, member)
);

-- What was done to somebody. told is what was meant, sealed under the key of the case's notes.
CREATE TABLE sanction (
    id TEXT PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES case_file (id) ON DELETE CASCADE,
    about TEXT REFERENCES member (id) ON DELETE SET NULL,
    giver TEXT REFERENCES member (id) ON DELETE SET NULL,
    step TEXT NOT NULL,
    rule INTEGER NOT NULL,
    severity INTEGER NOT NULL,
    points DOUBLE PRECISION NOT NULL,
    given_at BIGINT NOT NULL,
    until BIGINT,
    read_at BIGINT,
    lifted_at BIGINT,
    overturned_at BIGINT,
    told BYTEA
);
CREATE INDEX sanction_about ON sanction (about);
CREATE INDEX sanction_case ON sanction (case_id);

-- What outlives an erasure: the step that holds the person of this keyed hash back until then.
CREATE TABLE removal (
    person BYTEA NOT NULL,
    sanction TEXT NOT NULL,
    step TEXT NOT NULL,
    until BIGINT NOT NULL,
    PRIMARY KEY (person, sanction)
);

-- What needs a second person: who asked first.
CREATE TABLE proposal (
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    author TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    made_at BIGINT NOT NULL,
    payload TEXT NOT NULL,
    PRIMARY KEY (kind, subject)
);

-- Roles: person is the keyed hash of an address. until is set for those that a platform vouches for.
CREATE TABLE staff (
    person BYTEA NOT NULL,
    source TEXT NOT NULL,
    role TEXT NOT NULL,
    until BIGINT,
    PRIMARY KEY (person, source)
);

CREATE TABLE shift (
    member TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    began BIGINT NOT NULL,
    ended BIGINT,
    PRIMARY KEY (member, began)
);

-- What a moderator took on, for the meter: no more than that.
CREATE TABLE looked (
    member TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    case_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (member, case_id)
);

-- One-time links and sessions of the desk: key is a hash of the secret.
CREATE TABLE desk (
    key BYTEA PRIMARY KEY,
    member TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
);

-- Tags of relayed notes: a keyed hash of text, author, room and day, never the text.
CREATE TABLE tag (
    hash BYTEA PRIMARY KEY,
    made_at BIGINT NOT NULL
);
CREATE INDEX tag_made ON tag (made_at);

-- Who did what to which item, chained by keyed hashes. Never content.
CREATE TABLE audit (
    number BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL,
    item TEXT NOT NULL,
    detail TEXT NOT NULL,
    hash BYTEA NOT NULL
);

CREATE INDEX audit_item ON audit (item);

-- Where the chain begins (after what expired) and where it ends now, both sealed by a keyed hash.
CREATE TABLE audit_mark (
    name TEXT PRIMARY KEY,
    number BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    signed BYTEA NOT NULL
);
