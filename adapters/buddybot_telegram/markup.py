"""Message entities: spans as Telegram draws them, one plain text, with entities beside it that count in UTF-16 units.

No parse mode is ever used, so nothing that a person wrote can be read as markup. Telegram itself still turns
`/command` and `@name` into something to tap; in a member's text both are drawn with a look-alike sign.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from telegram import MessageEntity

from buddybot.adapter import Content, Span, Style, Voice

Entity: TypeAlias = Mapping[str, str | int]

MARKS = {Style.STRONG: MessageEntity.BOLD, Style.HIDDEN: MessageEntity.SPOILER, Style.LINK: MessageEntity.TEXT_LINK}
DATE_TIME = "date_time"
DAY, DAY_AND_TIME = "D", "Dt"
"""How the app shows a moment on its own clock and in its own language; an older one shows our words."""
SLASH, AT = "\N{DIVISION SLASH}", "\N{FULLWIDTH COMMERCIAL AT}"
COMMAND = re.compile(r"(?<![\w/<>])/(?=[A-Za-z0-9_])")
MENTION = re.compile(r"(?<![\w/])@(?=[A-Za-z0-9_]{2})")
SAY = ": "


@dataclass(frozen=True, slots=True)
class Drawn:
    """A text ready for Telegram."""

    text: str
    entities: tuple[Entity, ...]


def draw(content: Content, note: str = "") -> Drawn:
    """Draw a message: the alias of its author first, a `note` of the bot's own last."""
    spans = [_tame(span) if content.voice is Voice.MEMBER else span for span in content.spans]
    if content.author:
        spans = [Span(content.author, Style.STRONG), Span(SAY), *spans]
    if note:
        spans.append(Span(f"\n{note}"))
    drawn = _lay([_reachable(span) for span in spans])
    return _folded(drawn, content.progress.answers) if content.progress is not None else drawn


def _folded(drawn: Drawn, answers: Sequence[str]) -> Drawn:
    """Put the answers of a card above its question, in a quote that opens with a tap."""
    if not answers:
        return drawn
    above = whole("\n".join(answers))
    length = len(above.encode("utf-16-le")) // 2
    quote: Entity = {"type": str(MessageEntity.EXPANDABLE_BLOCKQUOTE), "offset": 0, "length": length}
    moved = tuple({**one, "offset": int(one["offset"]) + length + 1} for one in drawn.entities)
    return Drawn(f"{above}\n{drawn.text}", (quote, *moved))


def quoted(text: str, entities: Sequence[MessageEntity]) -> str:
    """Return what a member said, from our own drawing of it: without the alias and the look-alike signs."""
    for entity in entities:
        if entity.type == MessageEntity.BOLD and entity.offset == 0:
            alias = text.encode("utf-16-le")[: entity.length * 2].decode("utf-16-le")
            text = text.removeprefix(alias + SAY)
    return text.replace(SLASH, "/").replace(AT, "@")


def whole(text: str) -> str:
    """Replace halves of a surrogate pair, which no encoding could carry on."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _tame(span: Span) -> Span:
    return Span(MENTION.sub(AT, COMMAND.sub(SLASH, span.text)), span.style, span.target)


def _reachable(span: Span) -> Span:
    is_web = span.target.startswith(("https:", "http:"))
    return Span(span.dialable) if span.style is Style.LINK and not is_web else span


def _item(mark: str) -> str:
    """Return the mark of a list's item: here is no list but what letters make."""
    return "• " if mark == "- " else mark


def _lay(spans: Iterable[Span]) -> Drawn:
    text: list[str] = []
    entities: list[Entity] = []
    end = 0
    for span in spans:
        part = whole(_item(span.text) if span.style is Style.ITEM else span.text)
        start, end = end, end + len(part.encode("utf-16-le")) // 2
        text.append(part)
        if end > start and (kind := MARKS.get(span.style)):
            link = {"url": span.target} if span.style is Style.LINK else {}
            entities.append({"type": str(kind), "offset": start, "length": end - start, **link})
        if span.at is not None:
            shown: Entity = {
                "unix_time": int(span.at.timestamp()),
                "date_time_format": DAY if span.day else DAY_AND_TIME,
            }
            entities.append({"type": DATE_TIME, "offset": start, "length": end - start, **shown})
    return Drawn("".join(text), tuple(entities))
