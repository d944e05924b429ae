-- How moderators set a channel: slow mode in seconds, and whether it is locked. It outlives a restart.

CREATE TABLE channel_tune (
    channel TEXT PRIMARY KEY,
    slow INTEGER NOT NULL,
    locked INTEGER NOT NULL
) STRICT;
