"""Schema of the key database. It is made once, under a lock of the server; there is nothing in it but keys.

`key_change` counts every change (`turn`: those that go with the main database) and every destruction (`number`).
`key_forgotten` says which keys went with which number, until every process has dropped them from its memory.
`key_leaving` holds back what one process is destroying just now, until its transaction has ended either way.
`key_holder` has a row for each process: its lease, by this server's clock, and the last number it has heard of.
"""

LOCK = 0x6B657973
"""Any number of our own, held while the tables are made or the bot's own keys."""

TABLES = """
CREATE TABLE IF NOT EXISTS key (name text COLLATE "C" PRIMARY KEY, wrapped bytea NOT NULL)
    WITH (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0);
CREATE TABLE IF NOT EXISTS erased (hash bytea PRIMARY KEY);
CREATE TABLE IF NOT EXISTS key_change (one int PRIMARY KEY CHECK (one = 1), turn bigint NOT NULL, number bigint NOT NULL
);
INSERT INTO key_change VALUES (1, 0, 0) ON CONFLICT DO NOTHING;
CREATE TABLE IF NOT EXISTS key_forgotten (number bigint NOT NULL, name text NOT NULL, PRIMARY KEY (number, name));
CREATE TABLE IF NOT EXISTS key_leaving (name text COLLATE "C" PRIMARY KEY, process text NOT NULL);
CREATE TABLE IF NOT EXISTS key_holder (
    process text PRIMARY KEY,
    until timestamptz NOT NULL,
    heard bigint NOT NULL,
    backend int NOT NULL,
    began timestamptz NOT NULL
);
"""
"""Dead rows of `key` are cleared a minute after the first one, however few they are."""

SAME_AS = "SELECT pg_postmaster_start_time()::text, current_database()::text"
"""Tells two databases apart whatever their addresses say: when the server started, to the microsecond, and the name."""
