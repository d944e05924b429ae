"""A plain model of what must be true of the bot, whatever it does inside."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from buddybot.adapter import MessageId

NAMES = ("ann", "ben", "cyn", "dee")
STILL_USING = {"ann": "using", "ben": "thinking", "cyn": "steady_year", "dee": "steady_months"}
REFUSES_USING = frozenset({"cyn"})


def may_meet(a: str, b: str) -> bool:
    """Return whether their hard limits let these two sit together."""
    return not any(one in REFUSES_USING and STILL_USING[other] == "using" for one, other in ((a, b), (b, a)))


@dataclass
class Note:
    """What somebody said: to whom, and whether they took it back or wrote it anew."""

    author: str
    to: str
    message: MessageId
    text: str
    taken_back: bool = False
    urgent: bool = False
    answered: bool = False
    """Whether the bot said something to its author at once, as it does to somebody whose notes are paused."""


@dataclass
class Model:
    """Who is there, who may not meet, and what was said."""

    joined: set[str] = field(default_factory=set)
    blocked: set[frozenset[str]] = field(default_factory=set)
    notes: list[Note] = field(default_factory=list)
    quiet: set[str] = field(default_factory=set)
    """Whoever set quiet hours or a pause: what is for them may wait."""
    sanctioned: set[str] = field(default_factory=set)
    """Whoever a moderator took a step against: what they write may be held."""
    removed: set[str] = field(default_factory=set)
    nameless: bool = False
    """Whether an alias was damaged: then a stand-in takes its place."""
    cried: set[str] = field(default_factory=set)
    """Whoever cried for help: what they write from then on may overtake what waits."""
    number: int = 0

    def new_text(self, words: str = "note") -> str:
        """Return words that nobody said before, in the order in which they are said."""
        self.number += 1
        return f"{words} {self.number} end"

    def by(self, author: str) -> list[Note]:
        """Return what somebody said and did not take back."""
        return [note for note in self.notes if note.author == author and not note.taken_back]

    def between(self) -> Iterator[tuple[str, str, list[Note]]]:
        """Yield what each said to each, in order."""
        for author in NAMES:
            for to in NAMES:
                if found := [note for note in self.notes if (note.author, note.to) == (author, to)]:
                    yield author, to, found

    def forget(self, name: str) -> None:
        """Drop somebody: their own blocks go with them, and what they wrote is nobody's any more."""
        self.joined.discard(name)
        self.cried.discard(name)
        self.quiet.discard(name)
        self.notes = [note for note in self.notes if note.author != name]
        self.blocked = {pair for pair in self.blocked if name not in pair}
