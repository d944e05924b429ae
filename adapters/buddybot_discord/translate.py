"""From Discord's objects to what people did. Nothing here decides, and nothing is fetched."""

import re
from collections.abc import Iterator, Mapping

import discord

from buddybot.adapter import Address, Invoked, MessageId, Origin, Pressed, Said
from buddybot_discord.outbound import BUTTON

REPORT = "report"
_TALK = (discord.MessageType.default, discord.MessageType.reply)
_SUB_COMMANDS = (1, 2)
_KINDS = {"image": "photo", "video": "video", "audio": "voice"}
_IDENTIFYING = re.compile(
    r"<(?:a?(?P<emoji>:\w+:)\d+|(?P<sign>[@#])[!&]?\d+|(?P<command>/[^:<>]+):\d+|id:\w+(?::\d+)?)>"
)
"""Mentions, custom emoji, command and server links: each carries an id of a person, a place or a server."""


def origin(event: str, identity: str, user: discord.abc.User | str, locale: str = "en") -> Origin:
    """Say who did it. The account's names only serve to warn a person about to take one of them as a nickname."""
    if isinstance(user, str):
        return Origin(event, Address("discord", identity, user), locale)
    names = (user.name, getattr(user, "global_name", None), getattr(user, "nick", None))
    known = tuple(dict.fromkeys(name for name in names if name))
    return Origin(event, Address("discord", identity, str(user.id)), locale, known)


def said(message: discord.Message, identity: str) -> Said:
    """Report a message of a member; the snowflake is the event, so reading it twice does no harm."""
    reference = message.reference
    reply = reference.message_id if reference and reference.type is discord.MessageReferenceType.reply else None
    return Said(
        origin(str(message.id), identity, message.author),
        anonymous(message.content),
        MessageId(str(message.id)),
        MessageId(str(reply)) if reply else None,
        tuple(dict.fromkeys(_attachments(message))),
    )


def is_talk(message: discord.Message) -> bool:
    """Whether a person wrote it to the bot in private; pins, calls, bots and servers are none of our business."""
    private = message.guild is None and getattr(message.channel, "guild_id", None) is None
    return private and not message.author.bot and message.type in _TALK


def anonymous(text: str) -> str:
    """Take the ids out of a text that only Discord's client would have hidden."""
    return _IDENTIFYING.sub(lambda found: found["emoji"] or found["command"] or f"{found['sign'] or '#'}…", text)


def _attachments(message: discord.Message) -> Iterator[str]:
    """Name the kinds that came along; files stay unopened and their names unread."""
    if message.message_snapshots:
        yield "forward"
    if message.poll:
        yield "poll"
    if message.stickers:
        yield "sticker"
    if message.activity:
        yield "invite"
    for attachment in message.attachments:
        yield _KINDS.get((attachment.content_type or "").partition("/")[0], "document")


def pressed(data: Mapping[str, object], who: Origin, message: discord.Message | None) -> Pressed:
    """Report a button (its id is the token) or a list (its values are)."""
    values = data.get("values")
    chosen = values if data.get("component_type") != BUTTON and isinstance(values, list) else [data.get("custom_id")]
    return Pressed(who, tuple(str(each) for each in chosen), MessageId(str(message.id)) if message else None)


def invoked(data: Mapping[str, object], who: Origin) -> Invoked:
    """Report a slash command by the name of its innermost subcommand, with its arguments as text."""
    while isinstance(options := data.get("options"), list) and options and options[0]["type"] in _SUB_COMMANDS:
        data = options[0]
    given = options if isinstance(options, list) else []
    return Invoked(who, str(data["name"]), tuple((str(each["name"]), str(each["value"])) for each in given))


def reported(data: Mapping[str, object], who: Origin) -> Invoked | None:
    """Report a submitted report form: the message it is about is in the form's id, so a restart loses nothing."""
    kind, _, message = str(data.get("custom_id")).partition(":")
    words = " ".join(_written(data.get("components"))).strip()
    arguments = (("message", message), ("text", words)) if words else (("message", message),)
    return Invoked(who, REPORT, arguments) if kind == REPORT else None


def _written(part: object) -> Iterator[str]:
    """Find what was typed, however deep the form wraps its fields."""
    if isinstance(part, list):
        for each in part:
            yield from _written(each)
    elif isinstance(part, Mapping):
        if isinstance(value := part.get("value"), str):
            yield value
        yield from _written(part.get("component"))
        yield from _written(part.get("components"))
