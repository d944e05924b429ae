-- What a member was asked and has not answered: the question sealed under their key, its name by keyed hash.
-- words are the member's own, sealed like a note on its way. aged questions are no longer the last thing they saw.
CREATE TABLE question (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    member TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    mark BLOB NOT NULL,
    until INTEGER NOT NULL,
    aged INTEGER NOT NULL DEFAULT 0 CHECK (aged IN (0, 1)),
    sealed BLOB NOT NULL,
    words BLOB,
    UNIQUE (member, mark)
) STRICT;

CREATE INDEX question_until ON question (until);
