-- What each of a pair privately wished for the two of them, and the silence that is counted: sealed under the member's key.
CREATE TABLE pair_care (
    room TEXT NOT NULL REFERENCES room (id) ON DELETE CASCADE,
    member TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    sealed BYTEA NOT NULL,
    PRIMARY KEY (room, member)
);

CREATE INDEX pair_care_member ON pair_care (member);
