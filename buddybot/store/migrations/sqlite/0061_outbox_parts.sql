-- Platforms know a row by its key, never by its number: random, so that no other database gives it again ('' until then).
-- parts counts what of a long one has arrived; shown is the sealed id of the last of these.
ALTER TABLE outbox ADD COLUMN key TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN parts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN shown BLOB;
