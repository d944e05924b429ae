-- Who a member is in a channel: the alias sealed, and as a keyed hash so that no two share one.
CREATE TABLE channel_seat (
    channel TEXT NOT NULL,
    member TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    alias BLOB NOT NULL,
    mark BLOB NOT NULL,
    met_at INTEGER NOT NULL,
    PRIMARY KEY (channel, member)
) STRICT;
CREATE UNIQUE INDEX channel_seat_mark ON channel_seat (channel, mark);
CREATE INDEX channel_seat_member ON channel_seat (member);

-- How fast people come into a place, and when the bot last spoke up there.
CREATE TABLE crowd (
    place TEXT PRIMARY KEY REFERENCES place (id) ON DELETE CASCADE,
    full_at INTEGER NOT NULL,
    noticed_at INTEGER NOT NULL
) STRICT;
