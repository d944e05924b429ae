-- What several processes of one house must count together: how fast a network may guess, and which challenges for passkeys are open.
CREATE TABLE shared_bucket (
    key BYTEA PRIMARY KEY,
    full_at BIGINT NOT NULL
);

CREATE INDEX shared_bucket_full ON shared_bucket (full_at);

CREATE TABLE desk_challenge (
    key BYTEA PRIMARY KEY,
    made_at BIGINT NOT NULL
);

CREATE INDEX desk_challenge_made ON desk_challenge (made_at);
