-- Programmes that invite people, their invites by hash, what each member said about being counted (sealed under their key),
-- and every number that was published, so that it is never worked out a second time.
CREATE TABLE programme (
    id TEXT PRIMARY KEY,
    sealed BLOB NOT NULL,
    made_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE invite (
    code BLOB PRIMARY KEY,
    reference TEXT NOT NULL,
    programme TEXT NOT NULL REFERENCES programme (id) ON DELETE CASCADE,
    uses INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    cancelled INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX invite_programme ON invite (programme);
CREATE INDEX invite_expires ON invite (expires_at);

CREATE TABLE counted (
    member TEXT NOT NULL PRIMARY KEY REFERENCES member (id) ON DELETE CASCADE,
    sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE published (
    subject TEXT NOT NULL,
    quarter TEXT NOT NULL,
    published_at INTEGER NOT NULL,
    numbers TEXT NOT NULL,
    PRIMARY KEY (subject, quarter)
) STRICT, WITHOUT ROWID;
