-- Which process of a house holds a line open to whom, by the hashed address; and copies of what another shows them, to be shown beside.
CREATE TABLE line (
    person BYTEA NOT NULL,
    process TEXT NOT NULL REFERENCES process (id) ON DELETE CASCADE,
    number BIGINT NOT NULL,
    PRIMARY KEY (person, process)
);

CREATE INDEX line_process ON line (process);

CREATE TABLE echo (
    process TEXT NOT NULL REFERENCES process (id) ON DELETE CASCADE,
    recipient TEXT NOT NULL,
    number BIGINT NOT NULL,
    kind TEXT NOT NULL,
    note TEXT,
    sealed BYTEA NOT NULL,
    key TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (process, recipient, number)
);

CREATE INDEX echo_recipient ON echo (recipient);
CREATE INDEX echo_made ON echo (made_at);
