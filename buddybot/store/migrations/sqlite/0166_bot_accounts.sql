-- The bot accounts of the house: how each is found by people, and how many it serves, counted once in a while.
CREATE TABLE bot_account (
    platform TEXT NOT NULL,
    identity TEXT NOT NULL,
    link TEXT NOT NULL,
    served INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (platform, identity)
) STRICT, WITHOUT ROWID;
