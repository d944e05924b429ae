-- Programmes that invite people, their invites by hash, what each member said about being counted (sealed under their key),
-- and every number that was published, so that it is never worked out a second time.
CREATE TABLE programme (
    id TEXT PRIMARY KEY,
    sealed BYTEA NOT NULL,
    made_at BIGINT NOT NULL,
    ended_at BIGINT
);

CREATE TABLE invite (
    code BYTEA PRIMARY KEY,
    reference TEXT NOT NULL,
    programme TEXT NOT NULL REFERENCES programme (id) ON DELETE CASCADE,
    uses BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    cancelled BIGINT NOT NULL
);

CREATE INDEX invite_programme ON invite (programme);
CREATE INDEX invite_expires ON invite (expires_at);

CREATE TABLE counted (
    member TEXT NOT NULL PRIMARY KEY REFERENCES member (id) ON DELETE CASCADE,
    sealed BYTEA NOT NULL
);

CREATE TABLE published (
    subject TEXT NOT NULL,
    quarter TEXT NOT NULL,
    published_at BIGINT NOT NULL,
    numbers TEXT NOT NULL,
    PRIMARY KEY (subject, quarter)
);
