-- Members who offered to be a mentor: how far they came and whether they take anybody, readable; the rest sealed under their key.
CREATE TABLE mentor (
    member TEXT PRIMARY KEY REFERENCES member (id) ON DELETE CASCADE,
    state TEXT NOT NULL,
    taking INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX mentor_taking ON mentor (member) WHERE taking = 1;
CREATE INDEX mentor_changed ON mentor (state, changed_at);

-- Which of two is the mentor of the other: asked as one, and sitting in their room as one.
ALTER TABLE asked ADD COLUMN mentor INTEGER NOT NULL DEFAULT 0;
ALTER TABLE seat ADD COLUMN mentor INTEGER NOT NULL DEFAULT 0;
