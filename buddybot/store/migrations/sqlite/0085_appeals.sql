-- An appeal is a case of its own, about one sanction: it can be taken and decided whoever has the other case.
ALTER TABLE case_file ADD COLUMN sanction TEXT;
CREATE INDEX case_sanction ON case_file (sanction) WHERE sanction IS NOT NULL;

-- Who ended a sanction early: like whoever gave it, they don't decide whether it was wrong.
ALTER TABLE sanction ADD COLUMN lifter TEXT REFERENCES member (id) ON DELETE SET NULL;
