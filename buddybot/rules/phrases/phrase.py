"""Full-word patterns that say one thing plainly, and the context that negates them."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import chain

from buddybot.domain.crisis.conversation import Gentle
from buddybot.domain.kernel.levels import Level, SideLane
from buddybot.rules.phrases.pattern import LazyPattern

_NEAR = 160


class Urging(IntEnum):
    """Certainty of an incitement to die: `MAYBE` counts only where the other person is in danger."""

    NO = 0
    MAYBE = 1
    SURE = 2


@dataclass(frozen=True, slots=True)
class Relation:
    """Context that negates a phrase: the past, a denial, another person, reported speech.

    `before` and `after` touch the phrase, `within` stands anywhere in its clause; elsewhere in a note such words say
    nothing about it.
    """

    before: LazyPattern | None = None
    after: LazyPattern | None = None
    within: LazyPattern | None = None
    unless: LazyPattern | None = None
    """How a phrase begins that this can't take back: "my mother knows, i want to die" is the author's own."""

    anywhere: bool = False
    """Return whether `within` means the sentence rather than the clause."""

    def holds(self, text: str, sentence: tuple[int, int], clause: tuple[int, int], found: tuple[int, int]) -> bool:
        """Return whether this stands in that relation to the stretch `found` of `text`."""
        start, end = found
        if self.unless is not None and self.unless.match(text, start, end) is not None:
            return False
        if self.before is not None and self.before.search(text, sentence[0], start) is not None:
            return True
        if self.after is not None and self.after.match(text, end, sentence[1]) is not None:
            return True
        if self.within is None:
            return False
        first, last = sentence if self.anywhere else clause
        return self.within.search(text, first, start) is not None or self.within.search(text, end, last) is not None


@dataclass(frozen=True, slots=True)
class Phrase:
    """One thing said plainly, in one language: its wordings, and what hearing any of them means.

    A `calm` phrase is an idiom: words of danger that say nothing of the kind. `also` must stand in the same sentence.
    """

    name: str
    language: str
    breaks: LazyPattern
    """The words at which a clause begins."""
    wordings: tuple[LazyPattern, ...]
    also: LazyPattern | None = None
    heeds: tuple[Relation, ...] = ()
    level: Level | None = None
    lane: SideLane | None = None
    means: bool = False
    own: bool = True
    urging: Urging = Urging.NO
    aimed: bool = False
    calm: bool = False
    gentle: Gentle | None = None
    """The soft answer to it: it is no cry, and nothing of its sentence is weighed."""
    yields: bool = False
    """It is taken back by a gentle phrase anywhere in the message."""

    def patterns(self) -> Iterator[LazyPattern]:
        """Yield every pattern in it, its relations' among them."""
        around = [(one.before, one.after, one.within, one.unless) for one in self.heeds]
        yield from filter(None, (self.breaks, *self.wordings, self.also, *chain.from_iterable(around)))

    @property
    def is_cry(self) -> bool:
        """Return whether it tells of danger, and so brings help."""
        return self.lane is not None or (self.level is not None and self.level > Level.L0)

    @property
    def is_urge(self) -> bool:
        """Return whether it tells of distress and of no danger: an urge to use, or the fear of it."""
        return self.level is Level.L0 and self.lane is None

    def stands(self, text: str, sentence: tuple[int, int], found: tuple[int, int]) -> bool:
        """Return whether the stretch `found` is meant: nothing beside it takes it back."""
        if self.also is not None and self.also.search(text, *sentence) is None:
            return False
        if not self.heeds:
            return True
        clause = self._clause(text, sentence, found)
        return not any(relation.holds(text, sentence, clause, found) for relation in self.heeds)

    def _clause(self, text: str, sentence: tuple[int, int], found: tuple[int, int]) -> tuple[int, int]:
        """Return the clause around the stretch `found`."""
        start, end = found
        begin = sentence[0]
        for match in self.breaks.finditer(text, sentence[0], start + 1):
            begin = match.start()
        after = self.breaks.search(text, end, sentence[1])
        return begin, sentence[1] if after is None else after.start()


def near(found: tuple[int, int], start: int, end: int) -> tuple[int, int]:
    """Return what of [start, end) stands near enough to `found` to speak about it; so reading stays linear."""
    return max(start, found[0] - _NEAR), min(end, found[1] + _NEAR)
