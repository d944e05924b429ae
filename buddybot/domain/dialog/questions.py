"""Open questions: a record of what the bot asked a member, so that the next typed words are read as its answer."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from buddybot.domain.kernel.tokens import Token

MOST = 12
"""Questions that one member can have open; a newer one takes the place of the oldest."""
LASTS = timedelta(days=3)
"""How long an offer of choices can be answered by typing; its buttons may live longer."""
RECENT = timedelta(minutes=15)
"""How long a bare yes is enough for what can't be taken back."""
EXCLUSIVE_LASTS = timedelta(hours=1)
"""How long words are kept from a buddy while something serious is asked: nobody's talk may hang on it for a day."""


class Unfit(StrEnum):
    """Policy for words that fit no choice."""

    EXCLUSIVE = "exclusive"
    """They are not passed on; the question is asked again in other words."""
    PASSING = "passing"
    """They go where they would have gone, and the question stays."""
    TEXT = "text"
    """They are the answer: whoever asked takes them."""


@dataclass(frozen=True, slots=True)
class Offered:
    """Choice of a question: the token of its button, and its label as a locale key or, for a name, as text.

    `reads` names other phrases that choose it than those of its verb, such as "yes".
    """

    token: str
    key: str = ""
    label: str = field(default="", repr=False)
    reads: str = ""


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """Open question, keyed by `name` and `about`: a newer one of the same replaces it.

    `again` is the locale key of the question in other words, `misses` counts answers that fit nothing. `words` are a
    member's own, kept until they chose. `newest` says that nothing else was asked since.
    """

    name: str
    about: str
    choices: tuple[Offered, ...]
    unfit: Unfit
    asked_at: datetime
    until: datetime
    again: str = ""
    misses: int = 0
    words: str = field(default="", repr=False)
    newest: bool = True
    within: str = ""
    serious_until: datetime | None = None
    """Until when an exclusive question takes all words; None: as long as it is open."""
    lapsed: bool = False
    """That time is over: only what plainly names a choice is still asked about, and never passed on."""
    said: str = ""
    """The locale key of the question itself, where it takes nothing in: it can be said once more."""

    def at(self, now: datetime) -> "OpenQuestion":
        """Return the question as it stands at a moment: an exclusive one lapses, and takes no other words any more."""
        over = self.unfit is Unfit.EXCLUSIVE and self.serious_until is not None and self.serious_until <= now
        return replace(self, unfit=Unfit.PASSING, lapsed=True) if over else self

    def offers(self, token: str) -> bool:
        """Return whether this token is one of its choices."""
        return any(one.token == token for one in self.choices)


def named_after(choices: tuple[Offered, ...]) -> tuple[str, str]:
    """Return name and subject of a question from the first of its choices that is about something.

    Menus have no subject: they are told apart by what all their choices do. By the first alone, a small menu under an
    aside took the place of the large one before it, and half of what could be tapped could be typed no more.
    """
    tokens = [token for one in choices if (token := Token.parse(one.token)) is not None]
    tokens = [token for token in tokens if (token.noun, token.verb) != ("home", "crisis")]
    if not tokens:
        return "", ""
    first = tokens[0]
    return (first.noun, first.subject) if first.subject else (" ".join(f"{one.noun}.{one.verb}" for one in tokens), "")
