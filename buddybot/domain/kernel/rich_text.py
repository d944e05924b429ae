"""Rich text: strong words and the marks of list items found in the bot's own copy, as spans that each platform draws.

Copy only: what a member wrote is never read for marks.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from buddybot.domain.kernel.messages import Span, Style

BOLD = "**"
_MARK = re.compile(r"^(?:- |\d{1,2}\) )", re.MULTILINE)


def spans_of(text: str) -> tuple[Span, ...]:
    """Return copy as spans: between two stars strong, and the mark at the beginning of a list's line by itself."""
    found = (
        span
        for at, part in enumerate(text.split(BOLD))
        for span in ((Span(part, Style.STRONG),) if at % 2 else _marked(part))
    )
    return tuple(span for span in found if span.text)


def marked(text: str) -> tuple[Span, ...]:
    """Return copy that holds words of somebody else: marks of lists are read, stars are not."""
    return tuple(span for span in _marked(text) if span.text) or (Span(text),)


def timed(spans: tuple[Span, ...], words: str, at: datetime, *, day: bool = False) -> tuple[Span, ...]:
    """Return spans in which the words that say a moment are one of their own; without those words, as they are."""
    for number, span in enumerate(spans if words else ()):
        before, found, after = span.text.partition(words)
        if found and span.at is None:
            parts = replace(span, text=before), replace(span, text=words, at=at, day=day), replace(span, text=after)
            return (*spans[:number], *(part for part in parts if part.text), *spans[number + 1 :])
    return spans


def _marked(text: str) -> Iterator[Span]:
    end = 0
    for found in _MARK.finditer(text):
        yield Span(text[end : found.start()])
        yield Span(found[0], Style.ITEM)
        end = found.end()
    yield Span(text[end:])
