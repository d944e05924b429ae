-- Whom a message spares in quiet hours: 0 nobody, 1 until they are awake, 2 until the hours are over.
ALTER TABLE outbox ADD COLUMN spares INTEGER NOT NULL DEFAULT 0;
-- A question counts as asked once it can be seen: a yes typed at night says nothing to an offer that comes in the morning.
ALTER TABLE question ADD COLUMN spares INTEGER NOT NULL DEFAULT 0;
ALTER TABLE question ADD COLUMN seen_at INTEGER NOT NULL DEFAULT 0;
