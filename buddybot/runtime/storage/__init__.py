"""Storage engines: group commit over SQLite and PostgreSQL."""
