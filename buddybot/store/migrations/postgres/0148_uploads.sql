-- Photos and voice notes that a page brought to one of several processes, for two minutes, until their message comes to any of them.
CREATE TABLE upload (
    member TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    name BYTEA NOT NULL,
    sealed BYTEA NOT NULL,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (member, name)
);

CREATE INDEX upload_made ON upload (made_at);
