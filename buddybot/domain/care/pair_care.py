"""Per-member preferences of a pair: what each privately wished for the two of them, and the silence that is counted."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

PACES = ("many", "daily", "few", "weekly", "loose")
"""How often two people write, the quickest first."""
STEPS = ("pace", "hours", "limits", "check")
"""The questions of the deal, in their order."""
LEAVE = "leave"
"""Instead of days: this person is not to be asked when they go quiet."""


@dataclass(frozen=True, slots=True)
class Silence:
    """Stopwatch of an unanswered note: `awake` is what counts of the time since, looked at last at `counted_to`.

    `nudged_at` is when the silent one was asked, `told_at` when the waiting one heard; `wait_until` is what they chose
    instead of an end. `cried` says that the last words of the silent one were a cry for help.
    """

    since: datetime
    awake: timedelta
    counted_to: datetime
    nudged_at: datetime | None = None
    snoozed: bool = False
    told_at: datetime | None = None
    wait_until: datetime | None = None
    cried: bool = False


class FileConsent(StrEnum):
    """What one of a pair said to photos and voice notes between the two; they cross when both said yes."""

    UNASKED = ""
    ASKED = "asked"
    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class PairCare:
    """What one of a pair said for the two of them; the other never hears it, only what both said.

    `asked` is the question of the deal that is open, "done" after the last. `shared_at` is when both heard
    what they have in common, `openers` are the first words that were shown to this person, `sent` those they
    tapped. `lull` says that they were offered a question for both. `door` says that they found
    somebody new and kept the door open for the other. `files` is what they said to photos and voice notes here.
    """

    pace: str = field(default="", repr=False)
    hours: str = field(default="", repr=False)
    limits: tuple[str, ...] = field(default=(), repr=False)
    check: str = field(default="", repr=False)
    asked: str = ""
    shared_at: datetime | None = None
    openers: tuple[str, ...] = field(default=(), repr=False)
    sent: tuple[str, ...] = field(default=(), repr=False)
    no_openers: bool = False
    lull: bool = False
    silence: Silence | None = None
    door: bool = False
    files: FileConsent = FileConsent.UNASKED


@dataclass(frozen=True, slots=True)
class Common:
    """What both of a pair said: nothing in it tells who wanted what against the other."""

    pace: str = ""
    hours: str = ""
    limits: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Return whether there is anything."""
        return bool(self.pace or self.hours or self.limits)


def common(a: PairCare, b: PairCare) -> Common:
    """Return the intersection of two wishes."""
    return Common(
        pace=a.pace if a.pace == b.pace else "",
        hours=a.hours if a.hours == b.hours else "",
        limits=tuple(one for one in a.limits if one in b.limits),
    )


def slower(paces: tuple[str, ...], usual: str) -> str:
    """Return the slowest of the paces that were said, or the usual one where nobody said one."""
    known = [one for one in paces if one in PACES]
    return max(known, key=PACES.index) if known else usual


def eased(pace: str) -> str:
    """Return the next slower pace; the loosest stays."""
    return PACES[min(PACES.index(pace) + 1, len(PACES) - 1)]


def deal_step_after(step: str) -> str:
    """Return the question of the deal after this one, "done" after the last."""
    place = STEPS.index(step) + 1
    return STEPS[place] if place < len(STEPS) else "done"
