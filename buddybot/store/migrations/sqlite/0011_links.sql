-- One member may have several addresses: used counts up, and they are written to where it is highest. Each message is
-- found again where it was shown.
ALTER TABLE route ADD COLUMN used INTEGER NOT NULL DEFAULT 0;
ALTER TABLE receipt ADD COLUMN route TEXT NOT NULL DEFAULT '';

-- Words that work once, by keyed hash: a link joins another address to its member, an invite opens the chat with a label.
CREATE TABLE pass_word (
    word BLOB PRIMARY KEY,
    member TEXT REFERENCES member (id) ON DELETE CASCADE,
    label BLOB,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX pass_word_member ON pass_word (member);
