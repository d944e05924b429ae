"""What the bot may do in a group, and what each right that it lacks costs; for the operator's eyes."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, TelegramError

from buddybot.adapter import AdapterError, Channel, ChannelKind
from buddybot_telegram.settings import Settings
from buddybot_telegram.wire import Wire

Ask: TypeAlias = Callable[[str, Mapping[str, object]], Awaitable[object]]
"""How to call a method of the Bot API."""
REMEDY = "In Telegram: open the group, tap its name, Edit, Administrators, the bot."


@dataclass(frozen=True, slots=True)
class Right:
    """A right as the Bot API and as Telegram's screens call it, and what goes without it."""

    name: str
    button: str
    cost: str


DELETE = Right("can_delete_messages", "Delete messages", "what breaks a rule stays there")
BAN = Right("can_restrict_members", "Ban users", "newcomers write at once, and no mute, removal or lock takes hold")
INVITE = Right("can_invite_users", "Add users", "requests to join wait for somebody to answer them")
PIN = Right("can_pin_messages", "Pin messages", "the rules and their buttons are not pinned")
TOPICS = Right("can_manage_topics", "Manage topics", "topics can't be made, named, closed or opened")


async def chat_of(ask: Ask, home: str) -> Mapping[str, object]:
    """Return a group of the configuration, wherever it moved to."""
    chat = home.partition("/")[0]
    try:
        found = await ask("getChat", {"chat_id": chat})
    except ChatMigrated as moved:
        found = await ask("getChat", {"chat_id": moved.new_chat_id})
    assert isinstance(found, dict)
    return found


async def lacking(ask: Ask, chat: Mapping[str, object], channel: Channel, bot: str) -> Iterator[str]:
    """Return a sentence for each right that this channel needs there, and the bot has not."""
    member = await ask("getChatMember", {"chat_id": chat["id"], "user_id": int(bot)})
    assert isinstance(member, dict)
    return _lacks(member, channel, f'the group "{chat.get("title")}"', forum=bool(chat.get("is_forum")))


def _lacks(member: Mapping[str, object], channel: Channel, where: str, *, forum: bool) -> Iterator[str]:
    if member["status"] != "administrator":
        yield f"{where}: the bot is no administrator, so it hears and does next to nothing. {REMEDY}"
        return
    watched = () if channel.kind is ChannelKind.MODERATORS else (DELETE, BAN, INVITE)
    for right in (*watched, PIN, *((TOPICS,) if forum else ())):
        if not member.get(right.name):
            yield f'{where}: the bot has no right "{right.button}": {right.cost}. {REMEDY}'


def homeless(channel: Channel) -> str:
    """Say that a channel has no group."""
    key = "moderators_group" if channel.kind is ChannelKind.MODERATORS else "group"
    return f'the channel "{channel.key}" is not on Telegram: set adapters.telegram.{key}, or place_{channel.key}.'


def unseen(channel: Channel) -> str:
    """Say that a group can't be seen."""
    return f'the group of "{channel.key}" can\'t be seen: add the bot to it, and check its number in config.toml.'


def slowly(channel: Channel) -> str:
    """Say what Telegram lets no bot do."""
    return f'the channel "{channel.key}": no bot can set slow mode. Set it by hand, in the group\'s Permissions.'


async def survey(wire: Wire, settings: Settings, channels: tuple[Channel, ...]) -> tuple[str, ...]:
    """Return a sentence for each thing that is missing; nothing is changed."""
    found: list[str] = []
    try:
        await wire.call("getMe")
        for channel in channels:
            found += await _missing(wire, settings, channel)
    except InvalidToken:
        raise AdapterError("Telegram does not accept the bot's token: copy it again from @BotFather.") from None
    except TelegramError as error:
        raise AdapterError(f"Telegram can't be reached ({type(error).__name__}): try again later.") from None
    return tuple(dict.fromkeys(found))


async def _missing(wire: Wire, settings: Settings, channel: Channel) -> list[str]:
    if not (home := settings.home(channel)):
        return [homeless(channel)]
    try:
        chat = await chat_of(wire.call, home)
        slow = [slowly(channel)] if channel.slow and not chat.get("slow_mode_delay") else []
        return [*await lacking(wire.call, chat, channel, settings.identity), *slow]
    except (BadRequest, Forbidden):
        return [unseen(channel)]
