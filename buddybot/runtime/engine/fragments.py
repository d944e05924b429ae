"""Short-term memory of the last short notes of each person, so that a sentence typed in pieces is read as one.

It is kept in memory alone, for two minutes, and nothing is made of it but one more reading of the same words.
"""

from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from buddybot.domain.kernel.levels import Level
from buddybot.domain.kernel.messages import Address, Origin
from buddybot.domain.kernel.verdicts import Screening

KEPT = timedelta(minutes=2)
MOST_PIECES = 4
SHORT_WORDS = 16
"""Words of a note that may be a piece of a sentence."""
MOST_PEOPLE = 2_000


@dataclass(frozen=True, slots=True)
class _Pieces:
    at: datetime
    """When the newest came."""
    event: str
    """The newest one's, which may be read twice: help is looked for while its handling takes long."""
    texts: tuple[str, ...]


class FragmentMemory:
    """Remembers pieces, by who wrote them, and where."""

    def __init__(self, turn: object = None) -> None:
        """Begin empty, at this turn: what the first person writes is kept like anybody's."""
        self._pieces: OrderedDict[tuple[Address, str], _Pieces] = OrderedDict()
        self._turn = turn

    def joined(self, origin: Origin, text: str, at: datetime) -> str:
        """Return this note with the short ones right before it, "" where it stands alone; and remember it once."""
        key = _place(origin)
        self._drop_old(at)
        before = self._pieces.pop(key, None)
        if not 0 < len(text.split()) <= SHORT_WORDS:
            return ""
        known = () if before is None else before.texts[:-1] if before.event == origin.event else before.texts
        self._pieces[key] = _Pieces(at, origin.event, (*known, text)[-MOST_PIECES:])
        if len(self._pieces) > MOST_PEOPLE:
            self._pieces.popitem(last=False)
        return " ".join((*known, text)) if known else ""

    def _drop_old(self, at: datetime) -> None:
        """Drop what is too old; the oldest stand first."""
        while self._pieces and not timedelta(0) <= at - next(iter(self._pieces.values())).at < KEPT:
            self._pieces.popitem(last=False)

    def keep_while(self, turn: object) -> None:
        """Forget everything once `turn` is another one: somebody may have been erased."""
        if turn != self._turn:
            self._pieces.clear()
            self._turn = turn

    def forget(self, origin: Origin) -> None:
        """Forget what was heard: the next note begins a new sentence."""
        self._pieces.pop(_place(origin), None)


def _place(origin: Origin) -> tuple[Address, str]:
    return origin.address, origin.conversation or ("" if origin.place is None else f"place {origin.place.account}")


def may_be_a_piece(alone: Screening | None) -> bool:
    """Return whether a note is worth reading with those before it: no danger is told plainly, and nobody is aimed at.

    Scores alone may take a piece for a danger of another kind, or for a label that asks something of its author.
    """
    if alone is None or not alone.read or alone.means or alone.aimed or alone.urging:
        return False
    return alone.weighed or not alone.shows_danger


def with_pieces(alone: Screening, together: Screening) -> Screening:
    """Return the reading of a note with the danger that it tells plainly with those before it; else as it is."""
    if not together.read or not together.is_urgent or together.weighed:
        return alone
    if alone.level is not None and not together.lanes and (together.level or Level.L0) < alone.level:
        return alone  # a graver guess is asked about
    return replace(together, contacts=alone.contacts, evidence=(), claim=alone.claim)
