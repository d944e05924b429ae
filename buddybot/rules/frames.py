"""Frames: kinds of words that stand in one sentence and mean something together, and what speaks against it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf

from buddybot.domain.crisis.conversation import Gentle
from buddybot.domain.kernel.levels import Level, SideLane
from buddybot.domain.kernel.verdicts import Severity


@dataclass(frozen=True, slots=True)
class Frame:
    """One pattern: one kind of each group of `needs`, none of `unless`, in one sentence.

    `alone` is the score from which the opinion need say no more than that for the label to be given.
    """

    name: str
    label: str
    needs: tuple[frozenset[str], ...]
    unless: frozenset[str] = frozenset()
    level: Level | None = None
    lane: SideLane | None = None
    severity: Severity = Severity.S0
    alone: float = inf
    exempt: frozenset[str] = frozenset()
    gentle: Gentle | None = None


@dataclass(frozen=True, slots=True)
class _Marked:
    """A frame with its kinds as bits, so that asking costs an `and`."""

    frame: Frame
    needs: tuple[int, ...]
    unless: int

    def fits(self, kinds: int) -> bool:
        return not kinds & self.unless and self.may_fit(kinds)

    def may_fit(self, kinds: int) -> bool:
        """Return whether everything it needs is there; a plain loop, since this is asked so often."""
        for need in self.needs:  # noqa: SIM110 - `all` costs three times as much here
            if not kinds & need:
                return False
        return True


class Frames:
    """All frames of a policy, ready to be asked about a message."""

    def __init__(self, frames: Iterable[Frame]) -> None:
        """Give each kind that any frame names a bit."""
        listed = tuple(frames)
        named = dict.fromkeys(kind for frame in listed for kind in frame.unless.union(*frame.needs))
        self._bits = {kind: 1 << at for at, kind in enumerate(named)}
        self._marked = [
            _Marked(frame, tuple(map(self._bits_of, frame.needs)), self._bits_of(frame.unless)) for frame in listed
        ]

    def _bits_of(self, kinds: Iterable[str]) -> int:
        return sum(self._bits[kind] for kind in kinds)

    def fitting(self, typed: Sequence[tuple[str, int]], stops: Sequence[int]) -> tuple[Frame, ...]:
        """Return the frames that fit at least one sentence; `stops` are the places where one ends, in order."""
        spoken = self._sentences(typed, stops)
        whole = 0
        for kinds in spoken:
            whole |= kinds
        likely = [marked for marked in self._marked if marked.may_fit(whole)]
        return tuple(marked.frame for marked in likely if any(map(marked.fits, spoken)))

    def _sentences(self, typed: Sequence[tuple[str, int]], stops: Sequence[int]) -> list[int]:
        """Gather the kinds of each sentence."""
        groups = [0]
        ends = iter((*stops, None))
        end = next(ends)
        for kind, place in typed:
            while end is not None and place > end:
                groups.append(0)
                end = next(ends)
            groups[-1] |= self._bits.get(kind, 0)
        return groups
