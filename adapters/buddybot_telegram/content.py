"""Extractor of what a message holds: its words, the kinds of attachment, and words that stand elsewhere in it: pure.

Telegram adds kinds of content faster than a library learns them. So nothing here is a list of what to look for: what
the library does not know is walked through for words, and a message in which nothing is known is a kind of its own.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import telegram
from telegram.constants import MessageAttachmentType, MessageType

from buddybot_telegram.markup import whole

UNKNOWN, VIA_BOT, FORWARD, OUTSIDE = "unknown", "via_bot", "forward", "external_reply"
RICH = "rich_message"
WORDED = ("checklist", "poll_option_added", "checklist_tasks_added", "web_app_data", "gift", "giveaway")
"""What people put words into, beside what the library calls an attachment."""
KINDS = (*(str(kind) for kind in MessageAttachmentType), *WORDED)
ABOUT_A_MESSAGE = (
    *("text", "effect_id", "sender_boost_count", "sender_business_bot", "suggested_post_info"),
    *("business_connection_id", "reply_to_story"),
)
SERVICE = (
    *(str(name) for name in MessageType if name not in {*KINDS, *ABOUT_A_MESSAGE}),
    *("community_chat_added", "community_chat_removed", "migrate_from_chat_id"),
)
"""What Telegram itself says: somebody joined, a topic was closed. Nobody wrote it."""
MEDIA = ("animation", "audio", "map", "photo", "video", "voice_note")
"""Blocks of a rich message that are no words."""
INLINE = frozenset({"text", "summary", "credit", "caption", "alternative_text", "expression"})
SILENT = frozenset(
    {
        *("type", "language", "align", "valign", "format", "date_time_format", "name", "anchor_name", "reference_name"),
        *("currency", "payload", "mime_type", "file_name", "start_parameter", "emoji"),
    }
)
"""Fields of an object that say how or where, not what."""
DEEPEST = 100
"""Objects within objects that are read; no app writes as many, and what lies deeper is no reason to stop."""
CHATS = frozenset({"private", "group", "supergroup", "channel"})


BARE = frozenset(
    {
        *("text", "caption"),
        *("message_thread_id", "is_topic_message", "media_group_id", "ephemeral_message_id"),
    }
)
"""Fields of a message without which it is nobody's, or says nothing."""


@dataclass(frozen=True, slots=True)
class MessageContent:
    """What somebody wrote, what came along, and words found beside theirs."""

    text: str = field(repr=False)
    kinds: tuple[str, ...] = ()
    beside: str = field(default="", repr=False)


def ephemeral_number(message: object) -> int:
    """Return the number of a message that one person and the bot alone see, which is 0 among all others; else 0."""
    found = message.api_kwargs.get("ephemeral_message_id") if isinstance(message, telegram.Message) else None
    return found if isinstance(found, int) else 0


def content_of(message: telegram.Message, *, shown: bool = False) -> MessageContent:
    """Read a message; `shown` where it stays for others to see, with all that shows in it."""
    text, kinds = text_of(message, shown=shown), tuple(dict.fromkeys(_kinds(message, shown=shown)))
    beside = "\n".join(dict.fromkeys(whole(words) for words in _beside(message, shown=shown) if words not in text))
    return MessageContent(text, kinds, beside)


def text_of(message: telegram.Message, *, shown: bool = False) -> str:
    """Return the words; where the message itself stays `shown`, with the address behind each link in them."""
    text, entities = message.text or message.caption or "", message.entities or message.caption_entities
    hidden = [f" ({entity.url})" for entity in entities if shown and entity.type == entity.TEXT_LINK]
    rich = "\n".join(_lines(_shallow(message.api_kwargs.get(RICH)), "", shown=shown))
    return "\n".join(part for part in (whole(text) + "".join(hidden), whole(rich)) if part)


def bared(raw: Mapping[str, object]) -> Mapping[str, object] | None:
    """Return an update without what may have kept the library from reading it; that is left to be read for words.

    None where nobody wrote it. What others wrote stays theirs: then the text is no text any more.
    """
    for kind in ("message", "edited_message"):
        if isinstance(message := raw.get(kind), Mapping):
            dropped = ("text", "caption") if {"forward_origin", "via_bot"} & message.keys() else ()
            kept = {name: value for name, value in message.items() if name in BARE and name not in dropped}
            rest = {name: value for name, value in message.items() if name not in kept and name != "reply_to_message"}
            return {"update_id": raw["update_id"], kind: {**kept, **_plain(message), "unread": rest}}
    if isinstance(query := raw.get("callback_query"), Mapping):
        pressed = {name: query[name] for name in ("id", "chat_instance", "data") if name in query}
        shown = query.get("message")
        under = {"message": _plain(shown)} if isinstance(shown, Mapping) else {}
        return {"update_id": raw["update_id"], "callback_query": {**pressed, "from": _whose(query), **under}}
    return None


def _plain(message: Mapping[str, object]) -> Mapping[str, object]:
    """Return what a message must have, by what it takes to know whose it is: a date or a name is never worth its words.

    One whose date is 0 can't be looked into any more.
    """
    chat = message.get("chat")
    where = {name: chat[name] for name in ("id", "type") if name in chat} if isinstance(chat, Mapping) else {}
    sender = {"from": _whose(message)} if isinstance(message.get("from"), Mapping) else {}
    return {"message_id": message.get("message_id"), "date": 0, "chat": where, **sender}


def _whose(found: Mapping[str, object]) -> Mapping[str, object]:
    person = found.get("from")
    if not isinstance(person, Mapping):
        return {"first_name": ""}
    known = {name: person[name] for name in ("id", "is_bot") if name in person}
    language = person.get("language_code")
    return {"first_name": "", **known, **({"language_code": language} if isinstance(language, str) else {})}


def _kinds(message: telegram.Message, *, shown: bool) -> Iterator[str]:
    known = [kind for kind in KINDS if getattr(message, kind, None)]
    media = [kind for kind in MEDIA if kind in _types(_shallow(message.api_kwargs.get(RICH)))]
    if message.forward_origin is not None:
        yield FORWARD
    if message.via_bot is not None or message.reply_markup is not None:
        yield VIA_BOT
    if shown and message.external_reply is not None:
        yield OUTSIDE
    yield from known
    yield from media
    is_service = any(getattr(message, name, None) or name in message.api_kwargs for name in SERVICE)
    is_words = bool(message.text) or (RICH in message.api_kwargs and bool(media or text_of(message)))
    if not (known or is_words or is_service) or any(_is_deep(value) for value in message.api_kwargs.values()):
        yield UNKNOWN


def _beside(message: telegram.Message, *, shown: bool) -> Iterator[str]:
    """Yield words that are neither text nor caption: of a poll, of buttons, of what the library does not know."""
    for name in KINDS:
        if isinstance(found := getattr(message, name, None), telegram.TelegramObject):
            yield from _words(found.to_dict(), name)
    if message.reply_markup is not None:
        yield from _words(message.reply_markup.to_dict(), "reply_markup")
    for name, value in message.api_kwargs.items():
        if name not in {RICH, *SERVICE}:
            yield from _words(_shallow(value), name)
    if shown and message.external_reply is not None:
        yield from _words(message.external_reply.to_dict(), OUTSIDE)
    if shown and message.quote is not None:
        # What stands in the message that is answered was read when it came.
        answered = message.reply_to_message
        if answered is None or message.quote.text not in text_of(answered):
            yield message.quote.text


# ── Rich messages and unknown objects ───────────────────────────────────────────────────


def _is_deep(found: object) -> bool:
    """Return whether there is more within it than is read."""
    level = [found]
    for _ in range(DEEPEST):
        level = [each for one in level for each in _within(one)]
        if not level:
            return False
    return True


def _within(found: object) -> Iterable[object]:
    if isinstance(found, Mapping):
        return found.values()
    return found if isinstance(found, list | tuple) else ()


def _shallow(found: object, left: int = DEEPEST) -> object:
    """Return it without what lies too deep to be read."""
    if isinstance(found, Mapping):
        return {name: _shallow(value, left - 1) for name, value in found.items()} if left else {}
    if isinstance(found, list | tuple):
        return [_shallow(each, left - 1) for each in found] if left else []
    return found


def _lines(found: object, key: str, *, shown: bool) -> Iterator[str]:
    """Yield the lines of a rich message, block by block; what is styled within a line stays in it."""
    if isinstance(found, Mapping):
        for name, value in found.items():
            is_inline = name in INLINE and (not isinstance(value, Mapping) or "type" in value)
            yield from [_inline(value, shown=shown)] if is_inline else _lines(value, name, shown=shown)
    elif isinstance(found, list | tuple):
        for each in found:
            yield from _lines(each, key, shown=shown)
    elif isinstance(found, str) and _is_word(found, key) and not (key == "label" and not found.isalpha()):
        yield found


def _inline(found: object, *, shown: bool) -> str:
    """Return styled text as plain text."""
    if isinstance(found, str):
        return found
    if isinstance(found, list | tuple):
        return "".join(_inline(each, shown=shown) for each in found)
    if not isinstance(found, Mapping):
        return ""
    inner = next((_inline(found[name], shown=shown) for name in found if name in INLINE), "")
    target = found.get("url")
    return f"{inner} ({target})" if shown and isinstance(target, str) and target != inner else inner


def _words(found: object, key: str) -> Iterator[str]:
    """Yield every string of an object that may be words; people and chats in it are nobody's words."""
    if isinstance(found, Mapping):
        if "is_bot" in found or ("id" in found and str(found.get("type")) in CHATS):
            return
        for name, value in found.items():
            yield from [_inline(value, shown=True)] if _is_line(name, value) else _words(value, str(name))
    elif isinstance(found, list | tuple):
        for each in found:
            yield from _words(each, key)
    elif isinstance(found, str) and _is_word(found, key):
        yield found


def _is_line(name: str, value: object) -> bool:
    return name in INLINE and isinstance(value, list | tuple) and any(isinstance(each, str) for each in value)


def _is_word(found: str, key: str) -> bool:
    return key not in SILENT and not key.endswith(("id", "hash")) and not found.isspace() and found != ""


def _types(found: object) -> set[str]:
    """Return the types of all blocks in a rich message."""
    if isinstance(found, Mapping):
        here = {str(found["type"])} if "type" in found else set()
        return here.union(*map(_types, found.values()))
    return set[str]().union(*map(_types, found)) if isinstance(found, list | tuple) else set()
