-- A note that was shown in several messages: the last of them is piece 0, the ones before it count from one.
ALTER TABLE receipt ADD COLUMN piece INTEGER NOT NULL DEFAULT 0;
DROP INDEX receipt_note;
CREATE UNIQUE INDEX receipt_note ON receipt (note, member, piece);
