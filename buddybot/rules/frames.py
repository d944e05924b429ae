"""Frames: kinds of words that stand in one sentence and mean something together, and what speaks against it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf

from buddybot.domain.crisis.conversation import Gentle
from buddybot.domain.kernel.levels import Level, SideLane
from buddybot.domain.kernel.verdicts import Severity
from buddybot.rules.words import TokenizedText


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
    """A frame with its kinds as bits, so that asking costs an `and`; `place` is its own in the policy."""

    place: int
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
        """Give each kind that any frame names a bit, and list each frame under the kinds of its rarest need.

        A frame fits only where a kind of each need stands, so the kinds of one need find all that can fit.
        """
        listed = tuple(frames)
        named = dict.fromkeys(kind for frame in listed for kind in frame.unless.union(*frame.needs))
        self._bits = {kind: 1 << at for at, kind in enumerate(named)}
        often = Counter(kind for frame in listed for need in frame.needs for kind in need)
        self._by_kind: dict[str, list[_Marked]] = {}
        self._needless: list[_Marked] = []
        for place, frame in enumerate(listed):
            marked = _Marked(place, frame, tuple(map(self._bits_of, frame.needs)), self._bits_of(frame.unless))
            if not frame.needs:
                self._needless.append(marked)
                continue
            for kind in min(frame.needs, key=lambda need: sum(often[kind] for kind in need)):
                self._by_kind.setdefault(kind, []).append(marked)

    def _bits_of(self, kinds: Iterable[str]) -> int:
        return sum(self._bits[kind] for kind in kinds)

    def fitting(self, typed: Sequence[tuple[str, int]], words: TokenizedText) -> tuple[Frame, ...]:
        """Return the frames that fit at least one sentence, in the policy's order."""
        kinds, bits, by_kind = {kind for kind, _ in typed}, self._bits, self._by_kind
        whole = sum([bits.get(kind, 0) for kind in kinds])
        likely = {marked.place: marked for marked in self._needless}
        for kind in kinds:
            for marked in by_kind.get(kind, ()):
                if marked.may_fit(whole):
                    likely[marked.place] = marked
        if not likely:
            return ()
        spoken = self._sentences(typed, words.stops())
        return tuple(likely[place].frame for place in sorted(likely) if any(map(likely[place].fits, spoken)))

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
