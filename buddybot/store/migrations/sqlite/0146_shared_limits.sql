-- What several processes of one house must count together: how fast a network may guess, and which challenges for passkeys are open.
CREATE TABLE shared_bucket (
    key BLOB PRIMARY KEY,
    full_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX shared_bucket_full ON shared_bucket (full_at);

CREATE TABLE desk_challenge (
    key BLOB PRIMARY KEY,
    made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX desk_challenge_made ON desk_challenge (made_at);
