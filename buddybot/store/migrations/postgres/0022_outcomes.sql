-- How pairs go, for fitting the weights of matching: numbers and taps, never a word. BLOBs are sealed.

CREATE TABLE outcome (
    offer TEXT PRIMARY KEY,
    room TEXT,
    factors BYTEA NOT NULL,
    made_at BIGINT NOT NULL,
    talked BIGINT NOT NULL
);
CREATE INDEX outcome_room ON outcome (room);

CREATE TABLE rating (
    room TEXT NOT NULL REFERENCES room (id) ON DELETE CASCADE,
    member TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    day BIGINT NOT NULL,
    question TEXT NOT NULL,
    answer BYTEA NOT NULL,
    PRIMARY KEY (room, member, day, question)
);
CREATE INDEX rating_member ON rating (member);
