-- Photos and voice notes that a page brought to one of several processes, for two minutes, until their message comes to any of them.
CREATE TABLE upload (
    member TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    name BLOB NOT NULL,
    sealed BLOB NOT NULL,
    made_at INTEGER NOT NULL,
    PRIMARY KEY (member, name)
) STRICT;

CREATE INDEX upload_made ON upload (made_at);
