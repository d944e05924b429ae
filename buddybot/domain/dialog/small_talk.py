"""Small talk: intent matching for what is typed where nothing was asked, and the line that answers it.

The bot does not pretend to understand: what it has no answer for is a miss, and after two of them it offers buttons. No
line comes twice running.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from buddybot.domain.crisis.replies import Replies

HELLO = "hello"
STILL, UNHEARD, BUTTONS = "small-still", "not-understood", "small-buttons"
GREETED = "greeting"
LONGEST = 12
"""Words of a message in which one known phrase may stand for the whole of it."""


@dataclass(frozen=True, slots=True)
class Intent:
    """Intent of small talk: buttons by name, a command done in place of an answer, a language that is offered."""

    buttons: tuple[str, ...] = ()
    then: str = ""
    language: str = ""
    weak: bool = False
    """Said beside almost anything (hello, thanks, "i dont know"): what else a message means is what they came for."""


@dataclass(frozen=True, slots=True)
class Meant:
    """An intent by its name, and the language in which it was said."""

    name: str
    language: str
    intent: Intent


@dataclass(frozen=True, slots=True)
class SmallTalk:
    """All intents, and a matcher for each language."""

    intents: Mapping[str, Intent] = field(default_factory=dict)
    phrases: Mapping[str, Replies] = field(default_factory=dict, repr=False)

    def meant(self, text: str, locale: str) -> Meant | None:
        """Return what a message means; None where nothing is known of it.

        The member's own language is read first, but "no puedo dormir" is more than an English no.
        """
        read = [self._in(language, text) for language in sorted(self.phrases, key=lambda one: one != locale)]
        found = [one for one in read if one is not None]
        return min(found, key=lambda one: one.intent.weak, default=None)

    def _in(self, language: str, text: str) -> Meant | None:
        found, understood = self.phrases[language].read(text)
        if not found or not (understood or len(text.split()) <= LONGEST):
            return None
        name = next((one for one in found if not self.intents[one].weak), found[0])
        return Meant(name, language, self.intents[name])


def line_for_answer(last: str, key: str) -> str:
    """Return the line of an answer: this one, or another one where it was said last."""
    return STILL if key == last else key


def line_for_miss(last: str) -> str:
    """Return the line for words that nothing is known of: every second time running buttons are offered instead."""
    return UNHEARD if last != UNHEARD else BUTTONS
