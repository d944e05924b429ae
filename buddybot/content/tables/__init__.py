"""Parsers of data/*.toml: one module a file, each returning domain values."""
