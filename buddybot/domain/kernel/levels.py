"""Risk levels and risk categories of a message (crisis.md's order)."""

from enum import IntEnum, StrEnum


class Level(IntEnum):
    """Risk level, from distress to danger now; a higher level is a larger number."""

    L0 = 0
    L1 = 1
    L2 = 2
    L3 = 3
    L4 = 4


class SideLane(StrEnum):
    """Risk categories beside the levels, with cards of their own."""

    OVERDOSE = "O"
    ALONE = "A"
    WITHDRAWAL = "W"
    VIOLENCE = "V"
    CHILD = "C"
    BUDDY = "B"
