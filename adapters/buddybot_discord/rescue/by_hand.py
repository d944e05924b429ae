"""Tolerant readers of raw payloads: whose something is and what it says, whatever else of it is not as published."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import discord
from discord.utils import parse_time

from buddybot import adapter as core
from buddybot_discord.inbound import TALK, origin
from buddybot_discord.markup import anonymous
from buddybot_discord.settings import Settings as DiscordSettings

Raw = Mapping[str, object]
_RAW = {"document": "attachments", "forward": "message_snapshots", "poll": "poll", "sticker": "sticker_items"}
_LARGEST = 2**64
_SYSTEM = frozenset(each.value for each in discord.MessageType) - {each.value for each in TALK}
"""Types of what Discord itself says: somebody was added, a message was pinned. Nobody wrote it."""


def snowflake(found: object) -> int | None:
    """Return an id, as text or as a number; None where it is none."""
    if isinstance(found, str) and found.isascii() and found.isdecimal() and len(found) < len(str(_LARGEST)) + 1:
        found = int(found)
    return found if isinstance(found, int) and not isinstance(found, bool) and 0 < found < _LARGEST else None


def of(found: object, *path: str) -> object:
    """Return what lies there within mappings; None where nothing does."""
    for step in path:
        found = found.get(step) if isinstance(found, Mapping) else None
    return found


def author_of(raw: Raw) -> int | None:
    """Return which person wrote a message; None for bots and webhooks, and where it does not say."""
    is_machine = of(raw, "author", "bot") or raw.get("webhook_id")
    return None if is_machine else snowflake(of(raw, "author", "id"))


def person_of(raw: Raw) -> int | None:
    """Return who pressed, wrote or was held back: in private, in a server, by AutoMod."""
    ids = (of(raw, "user", "id"), of(raw, "member", "user", "id"), of(raw, "author", "id"), raw.get("user_id"))
    return next((number for each in ids if (number := snowflake(each)) is not None), None)


def read_by_hand(raw: Raw, settings: DiscordSettings, place: core.Place | None) -> core.Said | None:
    """Report whose message it is and what they wrote, where the rest can't be parsed; None where it isn't ours.

    Where no words are to be found there may have been some all the same: then its kind is `core.UNPARSED`.
    """
    account, kind, content = author_of(raw), raw.get("type"), raw.get("content")
    if account is None or (isinstance(kind, int) and kind in _SYSTEM):
        return None
    kinds = tuple(kind for kind, field in _RAW.items() if raw.get(field))
    text, beside = ("\n".join(map(anonymous, words)) for words in (_words(raw), _beside(raw)))
    if not text and not beside and (not isinstance(content, str) or not kinds):
        if isinstance(kind, int) and kind not in {each.value for each in TALK}:
            return None  # a kind of its own that says nothing: more likely Discord's own word than a person's
        kinds = (*kinds, core.UNPARSED)
    number = snowflake(raw.get("id"))
    message = core.unique_event("message") if number is None else str(number)
    who = origin(message, settings, account, place=place)
    return core.Said(who, text, core.MessageId(message), None, kinds, beside)


def edited_by_hand(raw: Raw, settings: DiscordSettings, place: core.Place | None) -> core.Edited | core.Said | None:
    """Report an edit the same way; one that holds no words is told like a message. None for a preview added later."""
    stamp, said = raw.get("edited_timestamp"), read_by_hand(raw, settings, place)
    if stamp is None or said is None or "content" not in raw:
        return None
    who = replace(said.origin, event=f"{said.message}:edit:{_moment(stamp)}")
    return core.Edited(who, said.message, said.text, said.beside) if said.text else replace(said, origin=who)


def bare_click(raw: Raw, channel: object) -> Mapping[str, object]:
    """Return an interaction with what it takes to answer it and to know who did what, and nothing else."""
    person, server = person_of(raw), snowflake(raw.get("guild_id"))
    user = {"id": person, "username": "", "discriminator": "0", "avatar": None}
    member: Raw = {"user": user, "roles": [], "joined_at": None, "flags": 0, "permissions": "0"}
    where = {"id": channel, "type": 1, "recipients": []} if server is None else {"id": channel}
    under = of(raw, "message", "id")
    shown = {"message": _bare_message(under, of(raw, "message", "flags"), channel)} if snowflake(under) else {}
    kept = {name: raw[name] for name in ("id", "token", "type", "application_id", "data", "locale") if name in raw}
    whose = {"user": user} if server is None else {"guild_id": server, "member": member}
    return {"version": 1, "attachment_size_limit": 0, **kept, **whose, "channel": where, **shown}


def _bare_message(number: object, flags: object, channel: object) -> Mapping[str, object]:
    author = {"id": "1", "username": "", "discriminator": "0", "avatar": None, "bot": True}
    plain = {"id": number, "channel_id": channel, "type": 0, "content": "", "author": author}
    return {**plain, "flags": flags if isinstance(flags, int) else 0}


def _words(raw: Raw) -> Iterator[str]:
    """Yield what they wrote, and what stands in each message that they passed on."""
    snapshots = raw.get("message_snapshots")
    forwarded = [of(each, "message", "content") for each in snapshots] if isinstance(snapshots, list) else []
    yield from (each for each in (raw.get("content"), *forwarded) if isinstance(each, str) and each)


def _beside(raw: Raw) -> Iterator[str]:
    """Yield the words of a poll, and descriptions of files."""
    answers, files = of(raw, "poll", "answers"), raw.get("attachments")
    found = [of(raw, "poll", "question", "text")]
    found += [of(each, "poll_media", "text") for each in answers] if isinstance(answers, list) else []
    found += [of(each, "description") for each in files] if isinstance(files, list) else []
    yield from (each for each in found if isinstance(each, str) and each)


def _moment(stamp: object) -> object:
    """Return the moment of an edit as it names the same edit that was parsed; one like no other where it is none."""
    try:
        return parse_time(stamp).timestamp() if isinstance(stamp, str) else core.unique_event("")
    except ValueError:
        return core.unique_event("")
