"""How to know a card when one sees it: by the longest stretch of words of its locale string, in each language."""

import re
from collections.abc import Iterator
from functools import cache

from fluent.syntax import FluentParser
from fluent.syntax.ast import Message, Pattern, Placeable, SelectExpression, TextElement

from buddybot.content.files import content_dir

LANGUAGES = ("en", "es")
FORBIDDEN = (
    "greeting",
    "not-understood",
    "notice-unclear",
    "stopped",
    "edit-held",
    *(f"sanction-{name}" for name in ("quarantine", "quarantine-open")),
    *(f"held-{name}" for name in ("sourcing_ask", "sourcing_offer", "harassment", "threat", "exploit", "flood")),
    *(f"held-{name}" for name in ("other", "pii", "aimed")),
    *(f"nudge-{name}" for name in ("pii", "newcomer_link", "copies", "other")),
)
"""What nobody may read in a crisis, by its key."""


def sight(key: str) -> tuple[str, ...]:
    """Return a stretch of words that only this locale string has, in each language."""
    return tuple(_strings()[language, key] for language in LANGUAGES)


def shows(text: str, key: str) -> bool:
    """Return whether a text is that of a locale string."""
    return any(words in _plain(text) for words in sight(key))


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("*", ""))


@cache
def _strings() -> dict[tuple[str, str], str]:
    return {
        (language, entry.id.name): max(_stretches(entry.value), key=len, default="")
        for language in LANGUAGES
        for path in (content_dir() / "locales" / language).glob("*.ftl")
        for entry in FluentParser().parse(path.read_text("utf-8")).body
        if isinstance(entry, Message) and entry.value is not None
    }


def _stretches(pattern: Pattern) -> Iterator[str]:
    for element in pattern.elements:
        match element:
            case TextElement(value=words):
                # Each platform draws the number or the dot of a list in its own way.
                yield from (re.sub(r"^(?:\d+[).]|[-•])\s+", "", _plain(line).strip()) for line in words.splitlines())
            case Placeable(expression=SelectExpression(variants=variants)):
                yield from () if len(pattern.elements) > 1 else _stretches(variants[-1].value)
            case _:
                pass
