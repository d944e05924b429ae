"""Dates and times as machines write them, which nobody should be shown: "2026-12-02", "18:30:00Z", "UTC+2"."""

import re
from collections.abc import Iterable
from html import unescape

from buddybot.adapter import Edit, Send, Voice
from buddybot.testing import FakePlatform

MACHINE = re.compile(
    r"""\b\d{4}-\d\d-\d\d          # 2026-12-02
    | \b\d\d-\d\d[ ]\d\d:\d\d\b   # 12-02 18:30
    | \d\d:\d\d:\d\d               # 18:30:00
    | \d\d:\d\dZ\b                 # 18:30Z
    | \b(?:UTC|GMT)[ ]?[+-]\d       # UTC+2
    | (?<![\w.:-])[+-]\d\d:\d\d\b   # +02:00
    """,
    re.VERBOSE,
)
_CODE = re.compile(r"<(script|style)\b.*?</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def machine_dates(texts: Iterable[str]) -> list[str]:
    """Return the lines in which somebody reads a date, a time or an offset as a machine writes it."""
    return [line for text in texts for line in text.splitlines() if MACHINE.search(line)]


def said_by_the_bot(platform: FakePlatform) -> Iterable[str]:
    """Return all that the bot itself said on a platform: sentences, and the labels of buttons."""
    for delivery in platform.deliveries:
        match delivery.effect:
            case Send(content=content) | Edit(content=content) if content.voice is not Voice.MEMBER:
                yield "".join(span.text for span in content.spans)
                yield "\n".join(choice.label for choice in content.choices)


def readable(page: str) -> str:
    """Return what a browser shows of a page."""
    return unescape(_TAG.sub(" ", _CODE.sub(" ", page)))
