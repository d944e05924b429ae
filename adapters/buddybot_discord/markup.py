"""Rendering: content as Discord's markdown, components and message JSON, and a text read back without ids or escapes.

Only our own styles ever become markup, whatever a member wrote.
"""

import json
import re
import unicodedata
from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias, assert_never

from buddybot import adapter as core

Json: TypeAlias = dict[str, object]

SELECT = "pick"
"""The custom id of a list; its options carry the tokens."""
FORM, SHARE = "form", "share"
"""What stands before the token of a button that opens a form, or hands over texts received (and how many)."""
ACTION_ROW, BUTTON, STRING_SELECT = 1, 2, 3
PRIMARY, SECONDARY, DANGER = 1, 2, 4
URGENT = (core.Purpose.HELP, core.Purpose.ERASE)
SUPPRESS_EMBEDS, EPHEMERAL, SILENT = 1 << 2, 1 << 6, 1 << 12
_ROW, _BUTTON_LABEL, _OPTION_LABEL = 5, 80, 100

LIMIT = 2000
"""Characters of one message, markup included."""

_SPECIAL = re.compile(r"[\\*_~`|<>\[\]()#@:/+-]")
"""What can start markup, a mention, a custom emoji, a list or a link; escaped URLs stay readable but go nowhere."""
_NUMBERED = re.compile(r"^(\s*\d+)(\.)", re.MULTILINE)
_ITEM = re.compile(r"- |[0-9]{1,2}\) ")
_LINK = re.compile(r"https://[^\s<>()]+")
_FULL_WIDTH = 0xFEE0
_TWINS = re.compile("[" + "".join(chr(ord(each) + _FULL_WIDTH) for each in r"\*_~`|<>[]()#@:/+-.") + "]")
"""What stands for special characters where there was no room for escapes."""
_SPOKEN = re.compile(r"(?:> [^\n]*\n)?\*\*(?:[^\n*]|\\\*)+:\*\* (.*)", re.DOTALL)
_ESCAPED = re.compile(r"\\([\\*_~`|<>\[\]()#@:/+.-])")
_IDENTIFYING = re.compile(
    r"<(?:a?(?P<emoji>:[\w~]+:)\d+|(?P<sign>[@#])[!&]?\d+|(?P<command>/[^:<>]+):\d+|(?P<sound>sound):\d+:\d+"
    r"|id:[\w-]+(?::\d+)?)>"
)
"""Mentions, custom emoji, sounds, command and server links: each carries an id of a person, a place or a server."""


# ── Text ────────────────────────────────────────────────────────────────────────────────────


def render(content: core.Content) -> str:
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
    inner = found[1][2:-2] if hidden else found[1]
    if _SPECIAL.search(inner) is None and len(drawn) + len(_TWINS.findall(drawn)) > LIMIT:
        return _TWINS.sub(lambda twin: chr(ord(twin[0]) - _FULL_WIDTH), inner)
    bare = _ESCAPED.sub(r"\1", inner)
    return bare.replace(chr(ord("|") + _FULL_WIDTH), "|") if hidden else bare


def _draw(content: core.Content, mark: Callable[[str], str]) -> str:
    author = f"**{plain(content.author, mark)}:** " if content.author else ""
    made = content.progress
    # A card's answers stand above its question in small letters, a line each.
    folded = "" if made is None else "".join(f"-# {plain(line, mark)}\n" for line in made.answers)
    quote = f"> {plain(' '.join(content.quote.split()), mark)}\n" if content.quote else ""
    words = (_span(span, mark) if span.at is None else _moment(span, span.at) for span in content.spans)
    return folded + quote + author + "".join(words)


def _moment(span: core.Span, at: datetime) -> str:
    """Return a moment that the app draws by itself, on its own clock and in its own language."""
    return f"<t:{int(at.timestamp())}:{'D' if span.day else 'f'}>"


def _span(span: core.Span, mark: Callable[[str], str]) -> str:
    text = plain(span.text, mark)
    match span.style:
        case core.Style.PLAIN:
            return text
        case core.Style.STRONG:
            return f"**{text}**" if text.strip() else text
        case core.Style.ITEM:
            return span.text.replace(")", ".") if _ITEM.fullmatch(span.text) else text
        case core.Style.HIDDEN:
            # A spoiler ends at the first two bars, escaped or not.
            whole = span.text.replace("|", chr(ord("|") + _FULL_WIDTH))
            return f"||{plain(whole, mark)}||" if text.strip() else text
        case core.Style.LINK if _LINK.fullmatch(span.target):
            return f"[{text}](<{span.target}>)"
        case core.Style.LINK:
            number = span.target.partition(":")[2]
            return text if number in span.text else f"{text} ({plain(number, mark)})"
        case _:
            assert_never(span.style)


def anonymous(text: str) -> str:
    """Take the ids out of a text that only Discord's client would have hidden."""
    return _IDENTIFYING.sub(
        lambda found: found["emoji"] or found["command"] or (found["sound"] and "🔊") or f"{found['sign'] or '#'}…",
        text,
    )


# ── Messages ───────────────────────────────────────────────────────────────────────────────


def message(content: core.Content) -> Json:
    """Return what a new message and an edited one share."""
    return {
        "content": render(content),
        "components": components(content),
        "allowed_mentions": {"parse": [], "replied_user": False},
        "flags": SUPPRESS_EMBEDS,
    }


def new_message(delivery: core.Delivery, content: core.Content) -> Json:
    """Return a new message; the key of this part as enforced nonce makes Discord drop a repeat within some minutes."""
    body = message(content)
    if delivery.key:
        body |= {"nonce": delivery.key, "enforce_nonce": True}
    if content.quiet:
        body["flags"] = SUPPRESS_EMBEDS | SILENT
    if delivery.reply_to is not None:
        body["message_reference"] = {"message_id": delivery.reply_to, "fail_if_not_exists": False}
    return body


def words_in(drawn: str) -> str:
    """Return letters and digits alone, for comparing what was sent with what stands there: spaces may differ."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", drawn)))


def components(content: core.Content) -> list[Json]:
    """Draw the choices: buttons where they fit, else a list. A token is the whole state of its button."""
    choices = content.choices
    if not choices:
        return []
    if content.many or any(len(_ticked(choice)) > _BUTTON_LABEL for choice in choices):
        rows = [[_select(content)]]
    else:
        buttons = [_button(choice) for choice in choices]
        rows = [buttons[at : at + _ROW] for at in range(0, len(buttons), _ROW)]
    return [{"type": ACTION_ROW, "components": row} for row in rows]


def tokens(rows: object) -> str:
    """Return what a message's components can send back, for comparing two messages."""
    drawn = json.loads(json.dumps(rows))
    return json.dumps([[part.get("custom_id"), part.get("options")] for row in drawn for part in row["components"]])


def custom_id(choice: core.Choice) -> str:
    """Return the whole state of a button."""
    if choice.form:
        return f"{FORM}:{choice.token}"
    return f"{SHARE}{choice.share}:{choice.token}" if choice.share else choice.token


def _ticked(choice: core.Choice) -> str:
    return f"✓ {choice.label}" if choice.chosen else choice.label


def _button(choice: core.Choice) -> Json:
    style = PRIMARY if choice.chosen or choice.main else SECONDARY
    style = DANGER if choice.purpose in URGENT else style
    return {"type": BUTTON, "style": style, "label": _ticked(choice), "custom_id": custom_id(choice)}


def _select(content: core.Content) -> Json:
    most = min(content.limit or len(content.choices), len(content.choices)) if content.many else 1
    options = [
        {"label": choice.label[:_OPTION_LABEL], "value": custom_id(choice), "default": choice.chosen}
        for choice in content.choices
    ]
    return {"type": STRING_SELECT, "custom_id": SELECT, "min_values": 1, "max_values": most, "options": options}
