"""Translation of Discord's objects into what people did. Nothing here decides, and nothing is fetched."""

import re
from collections.abc import Iterator, Mapping

import discord
from discord.abc import User

from buddybot import adapter as core
from buddybot_discord import forms
from buddybot_discord.files import described
from buddybot_discord.markup import BUTTON, FORM, SHARE, anonymous
from buddybot_discord.settings import Settings as DiscordSettings

_ASKING = re.compile(rf"(?:(?P<form>{FORM})|{SHARE}(?P<share>\d+)):(?P<token>.+)")
TALK = (discord.MessageType.default, discord.MessageType.reply)
_KNOWN_TYPES = frozenset(each.value for each in discord.MessageType)
_SUB_COMMANDS = (1, 2)
_FIELDS = {"forward": "message_snapshots", "poll": "poll", "sticker": "stickers", "invite": "activity"}
_KINDS = {"image": "photo", "video": "video", "audio": "voice"}


def origin(
    event: str,
    settings: DiscordSettings,
    user: User | int,
    locale: str = "en",
    place: core.Place | None = None,
) -> core.Origin:
    """Say who did it. The account's names only serve to warn a person about to take one of them as a nickname."""
    if isinstance(user, int):
        return core.Origin(event, core.Address("discord", settings.identity, str(user)), locale, place=place)
    names = (user.name, getattr(user, "global_name", None), getattr(user, "nick", None))
    known = tuple(dict.fromkeys(name for name in names if name))
    address = core.Address("discord", settings.identity, str(user.id))
    return core.Origin(event, address, locale, known, place, _roles(user, settings))


def _roles(user: User, settings: DiscordSettings) -> tuple[str, ...]:
    """Map the roles of a server of ours; those of another one mean nothing here."""
    if not isinstance(user, discord.Member):
        return ()
    held = frozenset(mark for role in user.roles for mark in (role.name.casefold(), str(role.id)))
    return settings.served.roles_of(user.guild.id, held)


def said(message: discord.Message, who: core.Origin, settings: DiscordSettings) -> core.Said:
    """Report a message of a member; the snowflake is the event, so reading it twice does no harm."""
    reference = message.reference
    answers = reference.message_id if reference and reference.type is discord.MessageReferenceType.reply else None
    reply, kinds = core.MessageId(str(answers)) if answers else None, tuple(dict.fromkeys(_attachments(message)))
    file = described(message, kinds, settings.api, settings.timeout) if who.place is None else None
    text, name = anonymous(words_of(message)), core.MessageId(str(message.id))
    return core.Said(who, text, name, reply, kinds, beside_of(message), file=file)


def words_of(message: discord.Message) -> str:
    """Return what they wrote; of a forwarded message, which is never passed on, what stands in it."""
    return "\n".join(filter(None, (message.content, *(each.content for each in message.message_snapshots))))


def beside_of(message: discord.Message) -> str:
    """Return words that are no note: those of a poll, and the descriptions of files."""
    return anonymous("\n".join(filter(None, _beside(message))))


def _beside(message: discord.Message) -> Iterator[str | None]:
    if (poll := message.poll) is not None:
        yield from (poll.question, *(answer.text for answer in poll.answers))
    yield from (file.description for file in message.attachments)


def is_talk(message: discord.Message, *, placed: bool) -> bool:
    """Return whether a person wrote it to the bot in private or in one of its places; all else is not ours."""
    private = message.guild is None and getattr(message.channel, "guild_id", None) is None
    if not (placed or private) or message.author.bot or message.webhook_id:
        return False
    # A kind that the library does not know yet, and that has words, is a person's: Discord's own say nothing.
    return message.type in TALK or (message.type.value not in _KNOWN_TYPES and bool(words_of(message)))


def _attachments(message: discord.Message) -> Iterator[str]:
    """Name the kinds that came along; files stay unopened and their names unread."""
    yield from (kind for kind, field in _FIELDS.items() if getattr(message, field))
    for attachment in message.attachments:
        yield _KINDS.get((attachment.content_type or "").partition("/")[0], "document")


def pressed(data: Mapping[str, object], who: core.Origin, message: discord.Message | None) -> core.Pressed:
    """Report a button (its id is the token) or a list (its values are)."""
    tokens = tuple(found["token"] if (found := asking(each)) else each for each in chosen(data))
    return core.Pressed(who, tokens, core.MessageId(str(message.id)) if message else None)


def chosen(data: Mapping[str, object]) -> tuple[str, ...]:
    """Return the custom id of the button, or the values of the list."""
    values = data.get("values")
    found = values if data.get("component_type") != BUTTON and isinstance(values, list) else None
    return tuple(str(each) for each in found or [data.get("custom_id")])


def asking(custom_id: str) -> "re.Match[str] | None":
    """Read a button that asks for more than a press: `form` for words, `share` for what was received."""
    return _ASKING.fullmatch(custom_id)


def invoked(data: Mapping[str, object], who: core.Origin) -> core.Invoked:
    """Report a slash command with its arguments as text."""
    command, given = arguments(data)
    return core.Invoked(who, command, tuple((str(each["name"]), anonymous(str(each["value"]))) for each in given))


def arguments(data: Mapping[str, object]) -> tuple[str, list[Mapping[str, object]]]:
    """Return the name of the innermost subcommand, and what was typed for it."""
    while isinstance(options := data.get("options"), list) and options and options[0]["type"] in _SUB_COMMANDS:
        data = options[0]
    return str(data["name"]), options if isinstance(options, list) else []


def submitted(data: Mapping[str, object], who: core.Origin) -> core.Pressed | None:
    """Report a submitted form as the press that opened it; None where it is none of ours."""
    found = forms.submitted(data)
    if found is None:
        return None
    return core.Pressed(who, (found.token,), found.message or None, found.text, found.answers)


def used(entry: core.ContextEntry, data: Mapping[str, object], who: core.Origin) -> core.Pressed:
    """Report an entry of a context menu as a press: on a message, or on a person, who stands in its token."""
    target = str(data.get("target_id"))
    if entry.about is core.MenuAbout.PERSON:
        return core.Pressed(who, (entry.token(target),))
    return core.Pressed(who, (entry.token(),), core.MessageId(target))


def opening(data: Mapping[str, object], who: core.Origin, message: discord.Message | None) -> core.Pressed | None:
    """Return the press of a button that may open a form; None for all else."""
    found = asking(chosen(data)[0]) if "component_type" in data else None
    return pressed(data, who, message) if found is not None and found["form"] else None
