"""What can go wrong at the border of the disk, said to the operator in one sentence that names the file and the fix.

StoreError           the database, its folder, its disk
└── KeyTrouble       the operator's key, the key file

DamagedValueError    one sealed value, whose bytes are damaged; the disk and everybody else are well
"""


class StoreError(Exception):
    """The data can't be read or written; the text says which file and what to do."""


class DamagedValueError(Exception):
    """One sealed value does not open. It is of one member or case, and must stop no other."""

    def __init__(self, place: str, owner: str) -> None:
        super().__init__(f"{place} of {owner or 'the bot'} is damaged: its bytes do not open")
        self.place, self.owner = place, owner


class KeyTrouble(StoreError):
    """A key is missing, wrong, or open to others; the text says which file and what to do."""
