-- Milestones and remembrance dates of a member: what they are and when, sealed under their key.
CREATE TABLE own_date (
    member TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    sealed BYTEA NOT NULL,
    PRIMARY KEY (member, id)
);
