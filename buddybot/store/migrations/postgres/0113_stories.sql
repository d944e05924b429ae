-- Short notes of members on what helped them: sealed under the author's key, or the bot's own once the author is gone and let it stay.
CREATE TABLE story (
    id TEXT PRIMARY KEY,
    author TEXT REFERENCES member (id) ON DELETE CASCADE,
    state TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    sealed BYTEA NOT NULL
);

CREATE INDEX story_author ON story (author);
CREATE INDEX story_state ON story (state, made_at);
