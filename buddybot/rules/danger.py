"""Risk stratification: whether a message is a cry for help, how high its level is, and which lanes it opens.

What is said plainly comes first and is final for its sentence; the opinion and the frames weigh what is left. The level
is the highest of all parts, so nothing that stands beside a cry can lower it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from buddybot.domain.kernel.levels import Level, SideLane
from buddybot.domain.kernel.verdicts import Label
from buddybot.rules.phrases.hearing import Hearing
from buddybot.rules.sight import Glance

_LEVELS = (Level.L1, Level.L2, Level.L3, Level.L4)
# How likely a level must be before it is asked of somebody whose words say no more than that they are low.
SURE = 2.0
# Lanes in which somebody else is in danger.
_OTHERS = frozenset({SideLane.OVERDOSE, SideLane.CHILD})


@dataclass(frozen=True, slots=True)
class Danger:
    """How much danger a message tells."""

    level: Level | None = None
    lanes: frozenset[SideLane] = frozenset()
    is_own: bool = False


def told_plainly(hearing: Hearing) -> Danger:
    """Return what the phrases say; a lane without a level is a cry, too."""
    cries = [phrase for phrase in hearing.phrases if phrase.is_cry]
    return Danger(hearing.level, hearing.lanes, any(phrase.own for phrase in cries))


def weighed_danger(glance: Glance, hearing: Hearing) -> Danger:
    """Return how much danger a cry for help shows, by the frames that fit and the opinion's levels."""
    framed = [frame.level for frame in glance.seen.frames if frame.label == Label.CRISIS and frame.level is not None]
    lanes = {frame.lane for frame in glance.seen.frames if frame.label == Label.CRISIS and frame.lane is not None}
    lanes |= {lane for lane in SideLane if glance.scores.get(lane, -1.0) > 0}
    likely = max(_LEVELS, key=lambda level: glance.scores[level.name])
    level = max(framed) if framed and glance.scores[likely.name] < 0 else max([likely, *framed])
    if not framed and distress(glance) is not None and glance.scores[likely.name] < SURE:
        level = Level.L1
    if _denied(glance) and not lanes and max(framed, default=Level.L0) < Level.L3:
        level = level if glance.scores[level.name] > 0 and level >= Level.L3 else Level.L1
    return Danger(level, frozenset(lanes), _is_own(glance, lanes, hearing))


def joined_danger(dangers: Sequence[Danger]) -> Danger:
    """Return the highest level of all parts, with the lanes of each."""
    levels = [danger.level for danger in dangers if danger.level is not None]
    lanes = frozenset(lane for danger in dangers for lane in danger.lanes)
    return Danger(max(levels, default=None), lanes, any(danger.is_own for danger in dangers))


def distress(glance: Glance) -> Level | None:
    """Return L0 where the words say that somebody is low."""
    return Level.L0 if any(frame.level is Level.L0 for frame in glance.seen.frames) else None


def _denied(glance: Glance) -> bool:
    """Return whether they say that they are not suicidal: asked softly, unless a plan or an act is told, too."""
    return any(frame.name == "denied" for frame in glance.seen.frames)


def _is_own(glance: Glance, lanes: set[SideLane], hearing: Hearing) -> bool:
    """Return whether the danger reads as the author's own: they speak of themselves, and not as one who helps."""
    if not _OTHERS.isdisjoint(lanes) or any(not phrase.own for phrase in hearing.phrases):
        return False
    return any(kind == "self" for kind, _ in glance.seen.typed)
