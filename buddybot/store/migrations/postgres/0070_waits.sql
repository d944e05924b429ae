-- How long searches took until a first offer: counts of a day, by coarse spans. No row belongs to anybody.
CREATE TABLE wait_count (
    day BIGINT NOT NULL,
    span TEXT NOT NULL,
    searches BIGINT NOT NULL,
    PRIMARY KEY (day, span)
);
