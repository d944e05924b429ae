-- How often the keys had been changed when this database last changed with them: tells which of the two is older.
ALTER TABLE keyring ADD COLUMN turn BIGINT NOT NULL DEFAULT 0;
