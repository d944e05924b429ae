-- A moderator's own cases are found without a look at all that are open.

CREATE INDEX case_claimed ON case_file (claimed_by) WHERE claimed_by IS NOT NULL;
