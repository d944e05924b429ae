-- One member may have several addresses: used counts up, and they are written to where it is highest. Each message is
-- found again where it was shown.
ALTER TABLE route ADD COLUMN used BIGINT NOT NULL DEFAULT 0;
ALTER TABLE receipt ADD COLUMN route TEXT NOT NULL DEFAULT '';

-- Words that work once, by keyed hash: a link joins another address to its member, an invite opens the chat with a label.
CREATE TABLE pass_word (
    word BYTEA PRIMARY KEY,
    member TEXT REFERENCES member (id) ON DELETE CASCADE,
    label BYTEA,
    expires_at BIGINT NOT NULL
);
CREATE INDEX pass_word_member ON pass_word (member);
