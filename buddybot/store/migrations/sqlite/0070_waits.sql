-- How long searches took until a first offer: counts of a day, by coarse spans. No row belongs to anybody.
CREATE TABLE wait_count (
    day INTEGER NOT NULL,
    span TEXT NOT NULL,
    searches INTEGER NOT NULL,
    PRIMARY KEY (day, span)
) STRICT, WITHOUT ROWID;
