-- Text on its way waits for days, under keys of its own. Rows from before were sealed under keys of a day, and end with it.
ALTER TABLE outbox ADD COLUMN short INTEGER NOT NULL DEFAULT 0;
UPDATE outbox SET short = 1;
CREATE INDEX outbox_short ON outbox (created_at) WHERE short = 1;
