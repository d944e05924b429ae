-- What a member was asked and has not answered: the question sealed under their key, its name by keyed hash.
-- words are the member's own, sealed like a note on its way. aged questions are no longer the last thing they saw.
CREATE TABLE question (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    member TEXT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    mark BYTEA NOT NULL,
    until BIGINT NOT NULL,
    aged BIGINT NOT NULL DEFAULT 0 CHECK (aged IN (0, 1)),
    sealed BYTEA NOT NULL,
    words BYTEA,
    UNIQUE (member, mark)
);

CREATE INDEX question_until ON question (until);
