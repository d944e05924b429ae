-- A word may appoint whoever sends it; '' otherwise.
ALTER TABLE pass_word ADD COLUMN role TEXT NOT NULL DEFAULT '';
