"""Errors at the border of the disk, said to the operator in one sentence that names the file and the fix.

StoreError           the database, its folder, its disk
├── StoreInUse       another process has it open
├── KeyTrouble       the operator's key, the key file, the key database
└── KeysMet          two processes changed one key at once: whoever lost tries again

DamagedValueError    one sealed value, whose bytes are damaged; the disk and everybody else are well
"""

import sqlite3

FIXES = {
    "FULL": "the disk is full: make room; what was acknowledged is safe, and the rest goes on then",
    "READONLY": "it can't be written to: give this user the right to the file and its folder",
    "CANTOPEN": "it can't be opened: give this user the right to the file and its folder",
    "BUSY": "another program holds it: close that one",
    "LOCKED": "another program holds it: close that one",
    "NOTADB": "this is not a whole database: restore the newest backup",
    "CORRUPT": "this is not a whole database: restore the newest backup",
}
"""By the second word of SQLite's own name of the trouble."""


def kind_of(error: sqlite3.Error) -> str:
    """Return the second word of SQLite's own name of the trouble."""
    return str(getattr(error, "sqlite_errorname", "SQLITE_ERROR")).split("_")[1]


class StoreError(Exception):
    """The data can't be read or written; the text says which file and what to do."""


class StoreInUse(StoreError):
    """Another process has the database open: the bot runs, and a command can ask it or read beside it."""


class DamagedValueError(Exception):
    """One sealed value does not open. It is of one member or case, and must stop no other."""

    def __init__(self, place: str, owner: str) -> None:
        super().__init__(f"{place} of {owner or 'the bot'} is damaged: its bytes do not open")
        self.place, self.owner = place, owner


class KeyTrouble(StoreError):
    """A key is missing, wrong, or open to others; the text says which file and what to do."""


class KeysMet(StoreError):
    """Two processes made or destroyed one key at the same time: whoever lost tries again."""

    def __init__(self) -> None:
        super().__init__("store.keys: another process is changing this key: try again in a moment")
