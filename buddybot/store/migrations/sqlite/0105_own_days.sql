-- What a member set up for themselves (the rhythm of their check-ins), and what they tapped on each day: sealed under their key.
CREATE TABLE own_care (
    member TEXT NOT NULL PRIMARY KEY REFERENCES member (id) ON DELETE CASCADE,
    sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE own_day (
    member TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    day INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (member, day)
) STRICT, WITHOUT ROWID;

CREATE INDEX own_day_made ON own_day (made_at);
