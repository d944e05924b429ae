-- When each timer was set: one that was set in the future was set by a clock that ran ahead. 0 says: not known.
ALTER TABLE timer ADD COLUMN set_at BIGINT NOT NULL DEFAULT 0;
