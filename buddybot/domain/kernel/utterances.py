"""Extraction of free text from events: which words a person uttered, by whatever door they came in."""

from buddybot.domain.kernel.commands import BY_WORD
from buddybot.domain.kernel.messages import Edited, Inbound, Invoked, Pressed, Said

NAMES = frozenset({"message", "channel", "days", "language", "word"})
"""Arguments that name something, and hold no words of a person."""


def spoken_words(event: Inbound) -> str:
    """Return the words that an event carries, "" for none; the engine has them screened before the transaction."""
    match event:
        case Said() | Edited():
            return "\n".join(words for words in (event.text, event.beside) if words)
        case Pressed():
            return event.text
        case Invoked():
            return "\n".join(value for name, value in event.arguments if _is_free(event.command, name) and value)
        case _:
            return ""


def _is_free(command: str, name: str) -> bool:
    """Return whether an argument holds free text; one that nobody declared may hold anything."""
    found = BY_WORD.get(command)
    declared = {} if found is None else {one.name: one.kind for one in found.parameters}
    return name not in NAMES and declared.get(name, "text") == "text"
