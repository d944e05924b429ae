-- What moderators do. Moments are microseconds since 1970 UTC. BLOBs are sealed unless named a hash.

ALTER TABLE case_file ADD COLUMN alias TEXT NOT NULL DEFAULT '';
ALTER TABLE case_file ADD COLUMN state TEXT NOT NULL DEFAULT 'open';
ALTER TABLE case_file ADD COLUMN claimed_by TEXT REFERENCES member (id) ON DELETE SET NULL;
ALTER TABLE case_file ADD COLUMN closed_at INTEGER;
ALTER TABLE case_file ADD COLUMN appealed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE case_file ADD COLUMN verified INTEGER NOT NULL DEFAULT 0;
CREATE INDEX case_open ON case_file (priority, opened_at) WHERE state <> 'closed';
CREATE INDEX case_about ON case_file (about);
CREATE INDEX case_alias ON case_file (alias);

-- The record of a case: only ever added to. sealed is a note, under the key of the case's notes.
CREATE TABLE case_line (
    case_id TEXT NOT NULL REFERENCES case_file (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    author TEXT REFERENCES member (id) ON DELETE SET NULL,
    role TEXT NOT NULL,
    sealed BLOB,
    PRIMARY KEY (case_id, number)
) STRICT, WITHOUT ROWID;

-- Who reported it. A text shared with it is sealed under the case's key; verified: its tag fits.
CREATE TABLE report (
    case_id TEXT NOT NULL REFERENCES case_file (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    reporter TEXT REFERENCES member (id) ON DELETE SET NULL,
    concern TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    verified INTEGER NOT NULL,
    sealed BLOB,
    PRIMARY KEY (case_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX report_reporter ON report (reporter);

CREATE TABLE recusal (
    case_id TEXT NOT NULL REFERENCES case_file (id) ON DELETE CASCADE,
    member TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    PRIMARY KEY (case_id, member)
) STRICT, WITHOUT ROWID;

-- What was done to somebody. told is what was meant, sealed under the key of the case's notes.
CREATE TABLE sanction (
    id TEXT PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES case_file (id) ON DELETE CASCADE,
    about TEXT REFERENCES member (id) ON DELETE SET NULL,
    giver TEXT REFERENCES member (id) ON DELETE SET NULL,
    step TEXT NOT NULL,
    rule INTEGER NOT NULL,
    severity INTEGER NOT NULL,
    points REAL NOT NULL,
    given_at INTEGER NOT NULL,
    until INTEGER,
    read_at INTEGER,
    lifted_at INTEGER,
    overturned_at INTEGER,
    told BLOB
) STRICT;
CREATE INDEX sanction_about ON sanction (about);
CREATE INDEX sanction_case ON sanction (case_id);

-- What outlives an erasure: the step that holds the person of this keyed hash back until then.
CREATE TABLE removal (
    person BLOB NOT NULL,
    sanction TEXT NOT NULL,
    step TEXT NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (person, sanction)
) STRICT, WITHOUT ROWID;

-- What needs a second person: who asked first.
CREATE TABLE proposal (
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    author TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    made_at INTEGER NOT NULL,
    payload TEXT NOT NULL,
    PRIMARY KEY (kind, subject)
) STRICT, WITHOUT ROWID;

-- Roles: person is the keyed hash of an address. until is set for those that a platform vouches for.
CREATE TABLE staff (
    person BLOB NOT NULL,
    source TEXT NOT NULL,
    role TEXT NOT NULL,
    until INTEGER,
    PRIMARY KEY (person, source)
) STRICT, WITHOUT ROWID;

CREATE TABLE shift (
    member TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    began INTEGER NOT NULL,
    ended INTEGER,
    PRIMARY KEY (member, began)
) STRICT, WITHOUT ROWID;

-- What a moderator took on, for the meter: no more than that.
CREATE TABLE looked (
    member TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    case_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (member, case_id)
) STRICT, WITHOUT ROWID;

-- One-time links and sessions of the desk: key is a hash of the secret.
CREATE TABLE desk (
    key BLOB PRIMARY KEY,
    member TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Tags of relayed notes: a keyed hash of text, author, room and day, never the text.
CREATE TABLE tag (
    hash BLOB PRIMARY KEY,
    made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX tag_made ON tag (made_at);

-- Who did what to which item, chained by keyed hashes. Never content.
CREATE TABLE audit (
    number INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL,
    item TEXT NOT NULL,
    detail TEXT NOT NULL,
    hash BLOB NOT NULL
) STRICT;

CREATE INDEX audit_item ON audit (item);

-- Where the chain begins (after what expired) and where it ends now, both sealed by a keyed hash.
CREATE TABLE audit_mark (
    name TEXT PRIMARY KEY,
    number INTEGER NOT NULL,
    hash BLOB NOT NULL,
    signed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
