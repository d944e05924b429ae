"""Content-based picking of first words: by lane, hour, mood and what is off limits; each comes once for a pair."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from buddybot.domain.kernel.world import Chance

SHOWN = 3
BEREAVED = "bereaved"
_MORNING, _EVENING, _NIGHT = 5, 17, 22


class Mood(StrEnum):
    """How much weight a question has."""

    LIGHT = "light"
    """Not in the bereaved lane, nor after a hard hour."""
    PLAIN = "plain"
    DEEP = "deep"
    """Only once both have written."""


@dataclass(frozen=True, slots=True)
class Opener:
    """One question to send as first words; `lane` is empty where it fits all of them."""

    key: str
    words: Mapping[str, str] = field(repr=False)
    lane: str = ""
    mood: Mood = Mood.PLAIN
    hours: tuple[str, ...] = ()
    touches: frozenset[str] = frozenset()

    def said(self, locale: str) -> str:
        """Return the words in this language, or in English."""
        return self.words.get(locale.partition("-")[0]) or self.words["en"]


@dataclass(frozen=True, slots=True)
class Meeting:
    """What a pair is like at this moment: its lane, the hour where the asker is, and what both are up to."""

    lane: str
    hour: int | None
    avoid: frozenset[str] = frozenset()
    shown: frozenset[str] = frozenset()
    talked: bool = False
    tender: bool = False
    """One of the two had a hard hour lately."""


def pick(openers: Sequence[Opener], meeting: Meeting, chance: Chance) -> tuple[Opener, ...]:
    """Draw up to three that fit: those of the lane come before those for everybody."""
    fit = [one for one in openers if suits(one, meeting)]
    own, free = _drawn([one for one in fit if one.lane], chance), _drawn([one for one in fit if not one.lane], chance)
    return tuple([*own[: SHOWN - 1], *free, *own[SHOWN - 1 :]][:SHOWN])


def suits(one: Opener, meeting: Meeting) -> bool:
    """Return whether this question may be offered now."""
    if one.key in meeting.shown or one.lane not in {"", meeting.lane} or one.touches & meeting.avoid:
        return False
    if one.mood is Mood.LIGHT and (meeting.tender or meeting.lane == BEREAVED):
        return False
    if one.mood is Mood.DEEP and not meeting.talked:
        return False
    return not one.hours or part_of_day(meeting.hour) in one.hours


def part_of_day(hour: int | None) -> str:
    """Return the part of the day that a local hour lies in; nothing where it is not known."""
    if hour is None:
        return ""
    if _MORNING <= hour < _MORNING + 6:
        return "morning"
    if hour >= _NIGHT or hour < _MORNING:
        return "night"
    return "evening" if hour >= _EVENING else "day"


def _drawn(pool: Iterable[Opener], chance: Chance) -> list[Opener]:
    left, drawn = list(pool), list[Opener]()
    while left and len(drawn) < SHOWN:
        drawn.append(left.pop(left.index(chance.choice(left))))
    return drawn
