"""How much danger a message shows (crisis.md's order), and the lanes beside the levels."""

from enum import IntEnum, StrEnum


class Level(IntEnum):
    """From distress to danger now; a higher level is a larger number."""

    L0 = 0
    L1 = 1
    L2 = 2
    L3 = 3
    L4 = 4


class SideLane(StrEnum):
    """Dangers with cards of their own."""

    OVERDOSE = "O"
    ALONE = "A"
    WITHDRAWAL = "W"
    VIOLENCE = "V"
    CHILD = "C"
    BUDDY = "B"
