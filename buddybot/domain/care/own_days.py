"""Self-monitoring record of a member (mood diary): one day's taps, and what they set up for themselves."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from buddybot.domain.care.rhythm import Rhythm

MOODS = ("okay", "meh", "hard", "awful")
CRAVINGS = ("none", "some", "strong")
SAFE = ("yes", "no")
HEAVY = frozenset({"hard", "awful"})
EASING = ("company", "distraction", "quiet")
ASKED = {"mood": MOODS, "craving": CRAVINGS, "safe": SAFE, "ease": EASING}
TENDER = timedelta(hours=72)
"""So long after a sign of danger or of using again nothing is celebrated, and check-ins ask more softly."""


@dataclass(frozen=True, slots=True)
class OwnDay:
    """What a member tapped on one of their days; what was skipped is empty."""

    mood: str = field(default="", repr=False)
    craving: str = field(default="", repr=False)
    safe: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class OwnCare:
    """What a member set up for themselves: the rhythm of their check-ins, and when they were asked last."""

    rhythm: Rhythm | None = field(default=None, repr=False)
    asked_at: datetime | None = None


def is_tender(signs: tuple[datetime | None, ...], now: datetime) -> bool:
    """Return whether any sign of danger, or of using again, is of the last three days."""
    return any(at is not None and at > now - TENDER for at in signs)


def after_tap(step: str, answer: str, *, uses: bool) -> str:
    """Return what is asked after a tap: a heavy day is eased before anything else; "" at the end.

    Craving is asked of those only who are here for their own use.
    """
    match step:
        case "mood":
            return "ease" if answer in HEAVY else "craving" if uses else "safe"
        case "ease":
            return "" if answer == "company" else "safe"
        case "craving":
            return "safe"
        case _:
            return ""
