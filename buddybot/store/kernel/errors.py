"""What can go wrong at the border of the disk, said to the operator in one sentence that names the file and the fix.

StoreError           the database, its folder, its disk
└── KeyTrouble       the operator's key, the key file
"""


class StoreError(Exception):
    """The data can't be read or written; the text says which file and what to do."""


class KeyTrouble(StoreError):
    """A key is missing, wrong, or open to others; the text says which file and what to do."""
