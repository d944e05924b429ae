-- Which process of a house holds a line open to whom, by the hashed address; and copies of what another shows them, to be shown beside.
CREATE TABLE line (
    person BLOB NOT NULL,
    process TEXT NOT NULL REFERENCES process (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    PRIMARY KEY (person, process)
) STRICT, WITHOUT ROWID;

CREATE INDEX line_process ON line (process);

CREATE TABLE echo (
    process TEXT NOT NULL REFERENCES process (id) ON DELETE CASCADE,
    recipient TEXT NOT NULL,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    note TEXT,
    sealed BLOB NOT NULL,
    key TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    PRIMARY KEY (process, recipient, number)
) STRICT;

CREATE INDEX echo_recipient ON echo (recipient);
CREATE INDEX echo_made ON echo (made_at);
