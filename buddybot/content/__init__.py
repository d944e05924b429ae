"""Content: finds, loads and validates the files in data/, which a community edits without touching code."""

from buddybot.content.files import ContentError, Entry, Table, content_dir, read_text, read_toml

__all__ = ["ContentError", "Entry", "Table", "content_dir", "read_text", "read_toml"]
