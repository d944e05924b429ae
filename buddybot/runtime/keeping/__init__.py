"""Keeping what there is: encrypted backups, getting them back, moving between databases, new keys."""
