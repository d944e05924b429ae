-- How pairs go, for fitting the weights of matching: numbers and taps, never a word. BLOBs are sealed.

CREATE TABLE outcome (
    offer TEXT PRIMARY KEY,
    room TEXT,
    factors BLOB NOT NULL,
    made_at INTEGER NOT NULL,
    talked INTEGER NOT NULL
) STRICT;
CREATE INDEX outcome_room ON outcome (room);

CREATE TABLE rating (
    room TEXT NOT NULL REFERENCES room (id) ON DELETE CASCADE,
    member TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    day INTEGER NOT NULL,
    question TEXT NOT NULL,
    answer BLOB NOT NULL,
    PRIMARY KEY (room, member, day, question)
) STRICT;
CREATE INDEX rating_member ON rating (member);
