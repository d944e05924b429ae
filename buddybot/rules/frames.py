"""Frames: kinds of words that stand in one sentence and mean something together, and what speaks against it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from buddybot.domain.levels import Level, SideLane
from buddybot.domain.verdicts import Severity


@dataclass(frozen=True, slots=True)
class Frame:
    """One pattern: one kind of each group of `needs`, none of `unless`, in one sentence."""

    name: str
    label: str
    needs: tuple[frozenset[str], ...]
    unless: frozenset[str] = frozenset()
    level: Level | None = None
    lane: SideLane | None = None
    severity: Severity = Severity.S0
    alone: bool = False
    exempt: frozenset[str] = frozenset()

    def fits(self, kinds: frozenset[str]) -> bool:
        """Whether a sentence that names these kinds is what the frame describes."""
        return self.unless.isdisjoint(kinds) and all(not need.isdisjoint(kinds) for need in self.needs)


def sentences(typed: Sequence[tuple[str, int]], stops: Sequence[int]) -> list[frozenset[str]]:
    """Group kinds by sentence; `stops` are the places where one ends, in order."""
    groups: list[set[str]] = [set()]
    ends = iter((*stops, None))
    end = next(ends)
    for kind, place in typed:
        while end is not None and place > end:
            groups.append(set())
            end = next(ends)
        groups[-1].add(kind)
    return [frozenset(group) for group in groups if group]


def fitting(frames: Iterable[Frame], spoken: Sequence[frozenset[str]]) -> tuple[Frame, ...]:
    """Return the frames that fit at least one sentence."""
    named: frozenset[str] = frozenset().union(*spoken)
    likely = [frame for frame in frames if not any(need.isdisjoint(named) for need in frame.needs)]
    return tuple(frame for frame in likely if any(frame.fits(kinds) for kinds in spoken))
