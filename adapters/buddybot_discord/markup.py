"""From spans to Discord's markdown: only our own styles ever become markup, whatever a member wrote."""

import re
from collections.abc import Callable
from typing import assert_never

from buddybot.adapter import Content, Span, Style

LIMIT = 2000
"""Characters of one message, markup included."""

_SPECIAL = re.compile(r"[\\*_~`|<>\[\]()#@:/+-]")
"""What can start markup, a mention, a custom emoji, a list or a link; escaped URLs stay readable but go nowhere."""
_NUMBERED = re.compile(r"^(\s*\d+)(\.)", re.MULTILINE)
_LINK = re.compile(r"https://[^\s<>()]+")
_FULL_WIDTH = 0xFEE0
_SPOKEN = re.compile(r"\*\*(?:[^\n*]|\\\*)+:\*\* (.*)", re.DOTALL)
_ESCAPED = re.compile(r"\\([\\*_~`|<>\[\]()#@:/+.-])")


def render(content: Content) -> str:
    """Draw a message. Text of almost nothing but special characters gets full-width twins where escapes don't fit."""
    escaped = _draw(content, lambda special: "\\" + special)
    return escaped if len(escaped) <= LIMIT else _draw(content, lambda special: chr(ord(special) + _FULL_WIDTH))


def plain(text: str, mark: Callable[[str], str] = "\\".__add__) -> str:
    """Return markdown that Discord shows as exactly this text."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _NUMBERED.sub(lambda found: found[1] + mark(found[2]), _SPECIAL.sub(lambda found: mark(found[0]), lines))


def heard(drawn: str) -> str | None:
    """Return a buddy's own text from a message as `render` drew it, without the alias; None where nobody spoke."""
    found = _SPOKEN.fullmatch(drawn)
    if found is None:
        return None
    hidden = found[1].startswith("||") and found[1].endswith("||")
    return _ESCAPED.sub(r"\1", found[1][2:-2] if hidden else found[1])


def _draw(content: Content, mark: Callable[[str], str]) -> str:
    author = f"**{plain(content.author, mark)}:** " if content.author else ""
    return author + "".join(_span(span, mark) for span in content.spans)


def _span(span: Span, mark: Callable[[str], str]) -> str:
    text = plain(span.text, mark)
    match span.style:
        case Style.PLAIN:
            return text
        case Style.STRONG:
            return f"**{text}**" if text.strip() else text
        case Style.HIDDEN:
            # A spoiler ends at the first two bars, escaped or not.
            whole = span.text.replace("|", chr(ord("|") + _FULL_WIDTH))
            return f"||{plain(whole, mark)}||" if text.strip() else text
        case Style.LINK if _LINK.fullmatch(span.target):
            return f"[{text}](<{span.target}>)"
        case Style.LINK:
            number = span.target.partition(":")[2]
            return text if number in span.text else f"{text} ({plain(number, mark)})"
        case _:
            assert_never(span.style)
